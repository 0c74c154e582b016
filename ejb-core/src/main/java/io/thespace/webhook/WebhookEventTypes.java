package io.thespace.webhook;

import io.thespace.event.EventPublisher;
import io.thespace.event.PublishedType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The events of webhooks. */
@ApplicationScoped
class WebhookEventTypes implements EventPublisher {

    static final String SOURCE = "/webhooks";

    @Override
    public List<PublishedType> types() {
        return List.of(new PublishedType(SOURCE, WebhookPaused.TYPE));
    }
}
