package io.thespace.webhook;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A webhook.
 *
 * @param types the events that it gets, by their types; null for all
 * @param state {@code active}; {@code failing} while its last attempt failed; {@code paused} when the platform stopped the deliveries;
 *     {@code disabled} when an administrator did
 * @param failingSince when the first attempt since the last successful one failed
 * @param pausedReason why the platform stopped the deliveries
 * @param previousSecretUntil until when requests are signed with the previous secret too
 */
public record WebhookView(
        UUID id,
        String url,
        @Nullable List<String> types,
        @Nullable String description,
        String state,
        @Nullable Instant failingSince,
        @Nullable Instant pausedAt,
        @Nullable String pausedReason,
        @Nullable Instant previousSecretUntil,
        Instant createdAt,
        Instant changedAt) {

    /** For the documentation. */
    public static final WebhookView EXAMPLE = new WebhookView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e80"),
            WebhookOrder.EXAMPLE.url(),
            WebhookOrder.EXAMPLE.types(),
            WebhookOrder.EXAMPLE.description(),
            WebhookState.ACTIVE.text(),
            null,
            null,
            null,
            null,
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2026-01-31T12:00:00Z"));
}
