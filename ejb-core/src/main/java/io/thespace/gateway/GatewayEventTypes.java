package io.thespace.gateway;

import io.thespace.event.EventPublisher;
import io.thespace.event.PublishedType;
import io.thespace.plugin.api.EventType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The events of the gateway. */
@ApplicationScoped
public class GatewayEventTypes implements EventPublisher {

    public static final String SOURCE = "/gateway";
    public static final EventType UPSTREAM_DOWN = new EventType(
            "gateway_upstream_down",
            "The health checks of a node found an upstream of a route unwell; the subject is the upstream's origin.",
            UpstreamChanged.class);
    public static final EventType UPSTREAM_UP = new EventType(
            "gateway_upstream_up",
            "The health checks of a node found an upstream well again; the subject is the upstream's origin.",
            UpstreamChanged.class);

    @Override
    public List<PublishedType> types() {
        return List.of(
                new PublishedType(SOURCE, GenerationEnded.TYPE),
                new PublishedType(SOURCE, UPSTREAM_DOWN),
                new PublishedType(SOURCE, UPSTREAM_UP));
    }
}
