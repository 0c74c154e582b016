package io.thespace.event.relay;

import jakarta.annotation.Nullable;
import java.time.Instant;

/**
 * The progress of a subscriber.
 *
 * @param name for example {@code plugin:notice_board}
 * @param behind the number of events after its position, including events that it does not receive
 * @param retrying the number of failed events that are retried automatically
 * @param parked the number of events that exhausted their attempts
 * @param waiting the number of events that wait for an earlier one of their subject
 * @param oldestFailureAt when the last attempt of the event that has waited longest failed; null when none failed
 * @param pausedUntil the earliest time of the next delivery; null when it is not paused
 */
public record EventSubscriberView(
        String name,
        long behind,
        long retrying,
        long parked,
        long waiting,
        @Nullable Instant oldestFailureAt,
        @Nullable Instant pausedUntil) {

    /** For the documentation. */
    public static final EventSubscriberView EXAMPLE =
            new EventSubscriberView("plugin:notice_board", 0, 0, 1, 2, Instant.parse("2026-01-31T12:00:00Z"), null);
}
