package io.thespace.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The events that callers publish without a plugin. */
@ApplicationScoped
class SignalTypes implements EventPublisher {

    static final String SOURCE = "/signals";

    @Override
    public List<PublishedType> types() {
        return List.of(new PublishedType(SOURCE, SignalRaised.TYPE));
    }
}
