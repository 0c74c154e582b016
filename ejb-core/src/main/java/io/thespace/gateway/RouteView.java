package io.thespace.gateway;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A route with every effective member; see {@link RouteOrder}. */
public record RouteView(
        UUID id,
        String prefix,
        List<UpstreamOrder> upstreams,
        @Nullable HealthOrder health,
        List<String> methods,
        List<String> roles,
        int connectMillis,
        int firstByteMillis,
        int totalMillis,
        int retries,
        int cacheSeconds,
        long bodyLimitBytes,
        int concurrency,
        List<HeaderRule> requestHeaders,
        List<HeaderRule> responseHeaders,
        List<RouteLimit> limits,
        Instant createdAt,
        Instant changedAt) {

    /** For the documentation. */
    public static final RouteView EXAMPLE = of(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f"),
            RouteOrder.EXAMPLE,
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2026-01-31T12:00:00Z"));

    /** A view of a complete route. */
    public static RouteView of(UUID id, RouteOrder order, Instant createdAt, Instant changedAt) {
        return new RouteView(
                id,
                order.prefix(),
                // Routes stored before this member existed have no protocol.
                order.upstreams().stream().map(UpstreamOrder::complete).toList(),
                order.health(),
                order.methods(),
                order.roles(),
                order.connectMillis(),
                order.firstByteMillis(),
                order.totalMillis(),
                order.retries(),
                order.cacheSeconds(),
                order.bodyLimitBytes(),
                order.concurrency(),
                order.requestHeaders(),
                order.responseHeaders(),
                // Routes stored before this member existed have no limits.
                order.limits() == null ? List.of() : order.limits(),
                createdAt,
                changedAt);
    }
}
