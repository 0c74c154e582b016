package io.thespace.webhook;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * An event that a webhook did not take yet, or that waits behind such a one of its subject.
 *
 * @param state {@code retrying}, {@code parked} after the last attempt, or {@code waiting} behind another event
 * @param nextAttemptAt null unless it is attempted again by itself
 */
public record WaitingEventView(
        UUID eventId,
        String eventType,
        String subject,
        String state,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String failure,
        @Nullable Instant failedAt) {

    /** For the documentation. */
    public static final WaitingEventView EXAMPLE = new WaitingEventView(
            UUID.fromString("019a0000-0000-7000-8000-000000000010"),
            "funds_transferred",
            "019a0000-0000-7000-8000-000000000020",
            "parked",
            8,
            null,
            "The receiver answered with the status 500.",
            Instant.parse("2026-01-31T12:00:00Z"));
}
