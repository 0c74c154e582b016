package io.thespace.session;

import io.thespace.event.EventPublisher;
import io.thespace.event.PublishedType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The events of sessions. */
@ApplicationScoped
class SessionEventTypes implements EventPublisher {

    static final String SOURCE = "/sessions";

    @Override
    public List<PublishedType> types() {
        return List.of(new PublishedType(SOURCE, SessionStarted.TYPE), new PublishedType(SOURCE, SessionEnded.TYPE));
    }
}
