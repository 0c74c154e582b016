package io.thespace.webhook;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * One attempt to deliver an event to a webhook.
 *
 * @param eventId the event, and the request's {@code webhook-id}
 * @param outcome delivered; failed for a response status other than 2xx; unreachable without a response
 * @param status the response status
 * @param error why the attempt failed
 * @param answer the beginning of the response body
 */
public record WebhookDeliveryView(
        UUID deliveryId,
        UUID eventId,
        String eventType,
        Instant attemptedAt,
        long durationMillis,
        String outcome,
        @Nullable Integer status,
        @Nullable String error,
        @Nullable String answer) {

    static final String DELIVERED = "delivered";
    static final String FAILED = "failed";
    static final String UNREACHABLE = "unreachable";

    /** For the documentation. */
    public static final WebhookDeliveryView EXAMPLE = new WebhookDeliveryView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e81"),
            UUID.fromString("019a0000-0000-7000-8000-000000000010"),
            "funds_transferred",
            Instant.parse("2026-01-31T12:00:00Z"),
            42,
            FAILED,
            500,
            "The receiver answered with the status 500.",
            "out of order");
}
