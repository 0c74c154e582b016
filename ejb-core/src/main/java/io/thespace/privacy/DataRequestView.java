package io.thespace.privacy;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A data request.
 *
 * @param kind {@code access}, {@code portability} or {@code erasure}
 * @param state {@code queued}, {@code held}, {@code running}, {@code blocked} or {@code completed}
 * @param reason why it is held or blocked
 * @param userId the person; null when they are not a user
 * @param identifier the person's identifier; null when it was not given, and once it is erased
 * @param dueAt the deadline
 * @param overdue whether the deadline has passed before completion
 * @param exportUntil the time until which its export can be downloaded; null without one
 * @param stores its progress per store
 */
public record DataRequestView(
        UUID id,
        String kind,
        String state,
        @Nullable String reason,
        @Nullable UUID userId,
        @Nullable String identifier,
        UUID requestedBy,
        Instant createdAt,
        Instant dueAt,
        boolean overdue,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant exportUntil,
        List<StoreView> stores) {

    /** For the documentation. */
    public static final DataRequestView EXAMPLE = new DataRequestView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e60"),
            "erasure",
            "completed",
            null,
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            null,
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2026-02-28T12:00:00Z"),
            false,
            Instant.parse("2026-01-31T12:00:02Z"),
            Instant.parse("2026-01-31T12:00:05Z"),
            null,
            List.of(StoreView.EXAMPLE));
}
