package io.thespace.gateway.forward;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Circuit breaker of an upstream: opens when half of its recent requests failed, then lets one trial request through
 * (half-open), and another one when that has not ended after the open time. Each failed trial doubles the open time.
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

    /** @param clock nanoseconds */
    Breaker(LongSupplier clock) {
        this.clock = clock;
    }

    /** Whether a request may be sent; the caller must then report its outcome, or that there is none. */
    synchronized boolean admits() {
        if (!open) {
            return true;
        }
        long now = clock.getAsLong();
        // A request can last for hours, and whatever it waits for need not be the upstream.
        if (now - until < 0 || (trying && now - triedAt < pause)) {
            return false;
        }
        trying = true;
        triedAt = now;
        return true;
    }

    /** The remaining open time; zero when it is closed. */
    synchronized Duration rests() {
        return open ? Duration.ofNanos(Math.max(0, until - clock.getAsLong())) : Duration.ZERO;
    }

    /** The upstream has begun to answer, and is well; the request itself is not over. */
    synchronized void responded() {
        if (open && trying) {
            open = false;
            trying = false;
            pause = FIRST_PAUSE;
            seen = 0;
        }
    }

    synchronized void succeeded() {
        responded();
        count(false);
    }

    synchronized void failed() {
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
            until = clock.getAsLong() + pause;
        }
    }

    /** The request ended without saying anything about the upstream. */
    synchronized void unknown() {
        trying = false;
    }

    private void count(boolean failure) {
        failed[seen % WINDOW] = failure;
        seen = seen == Integer.MAX_VALUE - WINDOW ? WINDOW : seen + 1;
    }
}
