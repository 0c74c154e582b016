package io.thespace.event.relay;

import jakarta.annotation.Nullable;
import java.time.Instant;

/**
 * How far a subscriber is.
 *
 * @param name for example {@code plugin:notice_board}
 * @param behind how many events follow its position, whether it wants them or not
 * @param retrying how many failed and are attempted again by themselves
 * @param parked how many failed too often
 * @param waiting how many wait behind another one of their subject
 * @param oldestFailureAt when the last attempt of the event failed that waits the longest; null when none failed
 * @param pausedUntil no delivery before; null when it is not paused
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
