package io.thespace.sdk;

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
public record DataRequest(
        UUID id,
        String kind,
        String state,
        String reason,
        UUID userId,
        String identifier,
        UUID requestedBy,
        Instant createdAt,
        Instant dueAt,
        boolean overdue,
        Instant startedAt,
        Instant endedAt,
        Instant exportUntil,
        List<StoreReport> stores) {

    /** Whether nothing is left to do. */
    public boolean completed() {
        return state.equals("completed");
    }
}
