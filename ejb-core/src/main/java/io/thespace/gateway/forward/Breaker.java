package io.thespace.gateway.forward;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Circuit breaker of an upstream: opens when half of its recent requests failed, then lets one trial request through
 * (half-open), and another one when that has not ended after the open time. Each failed trial doubles the open time.
 *
 * <p>Each request has the permit with which it was admitted: one for all requests of a closed phase, and one for each
 * trial. A request that has waited for long fails for what the upstream was then, so only the failures of the newest
 * permit count.
 */
final class Breaker {

    private static final int WINDOW = 20;
    private static final int LEAST = 5;
    private static final long FIRST_PAUSE = Duration.ofSeconds(2).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toNanos();

    private final LongSupplier clock;
    private final boolean[] failed = new boolean[WINDOW];
    private int seen;
    private boolean open;
    private boolean trying;
    private long triedAt;
    private long until;
    private long pause = FIRST_PAUSE;

    /** The newest permit. */
    private long newest;

    /** The newest permit when it opened: that of the closed phase before, and of no trial since. */
    private long openedAfter;

    /** @param clock nanoseconds */
    Breaker(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Returns the permit to send a request, whose outcome the caller must then report; empty when it may not be sent.
     */
    synchronized OptionalLong admit() {
        if (!open) {
            return OptionalLong.of(newest);
        }
        long now = clock.getAsLong();
        // A request can last for hours, and whatever it waits for need not be the upstream.
        if (now - until < 0 || (trying && now - triedAt < pause)) {
            return OptionalLong.empty();
        }
        trying = true;
        triedAt = now;
        return OptionalLong.of(++newest);
    }

    /** The remaining open time; zero when it is closed. */
    synchronized Duration rests() {
        return open ? Duration.ofNanos(Math.max(0, until - clock.getAsLong())) : Duration.ZERO;
    }

    /**
     * The upstream has begun to answer, and is well; the request itself is not over. Any trial of this opening will do.
     */
    synchronized void responded(long permit) {
        if (open && permit > openedAfter) {
            open = false;
            trying = false;
            pause = FIRST_PAUSE;
            seen = 0;
            newest++;
        }
    }

    synchronized void succeeded(long permit) {
        responded(permit);
        count(false);
    }

    synchronized void failed(long permit) {
        if (permit != newest) {
            return;
        }
        if (open) {
            if (trying) {
                trying = false;
                pause = Math.min(LONGEST_PAUSE, 2 * pause);
                until = clock.getAsLong() + pause;
            }
            return;
        }
        count(true);
        int of = Math.min(seen, WINDOW);
        int failures = 0;
        for (int i = 0; i < of; i++) {
            failures += failed[i] ? 1 : 0;
        }
        if (of >= LEAST && 2 * failures >= of) {
            open = true;
            openedAfter = newest;
            until = clock.getAsLong() + pause;
        }
    }

    /** The request ended without saying anything about the upstream. */
    synchronized void unknown(long permit) {
        if (permit == newest) {
            trying = false;
        }
    }

    private void count(boolean failure) {
        failed[seen % WINDOW] = failure;
        seen = seen == Integer.MAX_VALUE - WINDOW ? WINDOW : seen + 1;
    }
}
