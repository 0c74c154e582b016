package io.thespace.privacy;

import io.thespace.event.EventPublisher;
import io.thespace.event.PublishedType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The events of data requests. */
@ApplicationScoped
class PrivacyEventTypes implements EventPublisher {

    static final String SOURCE = "/management/data-requests";

    @Override
    public List<PublishedType> types() {
        return List.of(new PublishedType(SOURCE, DataRequestCompleted.TYPE));
    }
}
