package io.thespace.webhook;

import io.thespace.plugin.api.EventType;

/**
 * Data of the event that the platform stopped the deliveries to a webhook.
 *
 * @param reason why
 */
public record WebhookPaused(String reason) {

    static final EventType TYPE = new EventType(
            "webhook_paused",
            "The deliveries to a webhook were stopped, since its receiver failed for too long or is gone; the subject is the"
                    + " webhook.",
            WebhookPaused.class);
}
