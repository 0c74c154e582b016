package io.thespace.gateway;

import io.thespace.event.EventPublisher;
import io.thespace.event.PublishedType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The events of the gateway. */
@ApplicationScoped
class GatewayEventTypes implements EventPublisher {

    static final String SOURCE = "/gateway";

    @Override
    public List<PublishedType> types() {
        return List.of(new PublishedType(SOURCE, GenerationEnded.TYPE));
    }
}
