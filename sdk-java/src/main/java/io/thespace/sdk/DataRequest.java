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
 * @param userId whom it is about; null for a person who is not a user
 * @param identifier what they are called; null when it was not given, and once it is erased
 * @param dueAt until when it is to be done
 * @param overdue whether it is not, and should be
 * @param exportUntil until when its export can be loaded; null when there is none
 * @param stores how far it has come
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
