package io.thespace.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.json.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A route: a path prefix and where its requests are forwarded. */
@Entity
@Table(name = "gateway_routes")
class GatewayRoute {

    @Id
    private UUID id;

    @Column(name = "prefix")
    private String prefix;

    /** A complete {@link RouteOrder}, as JSON. */
    @Column(name = "definition")
    private String definition;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "changed_at")
    private Instant changedAt;

    @Version
    private long version;

    protected GatewayRoute() {}

    GatewayRoute(UUID id, RouteOrder order, Instant now) {
        this.id = id;
        this.createdAt = now;
        become(order, now);
    }

    void become(RouteOrder order, Instant now) {
        prefix = order.prefix();
        definition = json(order);
        changedAt = now;
    }

    String prefix() {
        return prefix;
    }

    RouteView view() {
        try {
            return RouteView.of(id, Json.MAPPER.readValue(definition, RouteOrder.class), createdAt, changedAt);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The route " + id + " is no longer readable", e);
        }
    }

    private static String json(RouteOrder order) {
        try {
            return Json.MAPPER.writeValueAsString(order);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Every route can be written as JSON", e);
        }
    }
}
