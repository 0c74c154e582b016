package io.thespace.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.event.CloudEvent;
import io.thespace.gateway.outbound.OutboundRequest;
import io.thespace.gateway.outbound.OutboundRequests;
import io.thespace.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Sends events to webhooks in accordance with the Standard Webhooks specification. */
@ApplicationScoped
class WebhookSender {

    private OutboundRequests outbound;

    WebhookSender() {}

    @Inject
    WebhookSender(OutboundRequests outbound) {
        this.outbound = outbound;
    }

    /** Sends an event once and waits for the answer. */
    WebhookResult send(WebhookTarget target, CloudEvent event) {
        Instant now = Instant.now();
        byte[] body = body(event);
        String id = event.id().toString();
        return WebhookResult.of(
                now,
                outbound.post(new OutboundRequest(
                        Webhooks.subscriber(target.id()),
                        URI.create(target.url()),
                        List.of(
                                Map.entry("Content-Type", "application/cloudevents+json"),
                                Map.entry("User-Agent", "the-space-webhooks"),
                                Map.entry("webhook-id", id),
                                Map.entry("webhook-timestamp", Long.toString(now.getEpochSecond())),
                                Map.entry(
                                        "webhook-signature",
                                        WebhookSecrets.signatures(target.secrets(), id, now.getEpochSecond(), body))),
                        body)));
    }

    private static byte[] body(CloudEvent event) {
        try {
            return Json.MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Every event can be written as JSON", e);
        }
    }
}
