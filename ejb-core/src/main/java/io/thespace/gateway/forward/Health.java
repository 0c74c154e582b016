package io.thespace.gateway.forward;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** The state of an upstream by its checks on this node. It counts as up until three consecutive checks fail. */
final class Health {

    static final int FAILURES = 3;

    private final LongSupplier clock;
    private int failures;
    private Instant checkedAt;
    private String fault;
    private boolean underWay;
    private boolean planned;
    private long next;

    /** @param clock nanoseconds */
    Health(LongSupplier clock) {
        this.clock = clock;
    }

    synchronized boolean up() {
        return failures < FAILURES;
    }

    /** Whether a check is due; after true the caller has to report its result. */
    synchronized boolean due() {
        if (underWay || (planned && clock.getAsLong() - next < 0)) {
            return false;
        }
        underWay = true;
        return true;
    }

    /** The check could not be made now. */
    synchronized void postponed() {
        underWay = false;
    }

    synchronized void worked(Duration pause) {
        failures = 0;
        over(null, pause);
    }

    /** @param why for administrators */
    synchronized void failed(String why, Duration pause) {
        failures = Math.min(FAILURES, failures + 1);
        over(why, pause);
    }

    private void over(String why, Duration pause) {
        underWay = false;
        planned = true;
        fault = why;
        checkedAt = Instant.now();
        next = clock.getAsLong() + pause.toNanos();
    }

    /** Returns the time until the next check; zero when it is up. */
    synchronized Duration rests() {
        return up() ? Duration.ZERO : Duration.ofNanos(Math.max(0, next - clock.getAsLong()));
    }

    /** Null before the first check is over. */
    synchronized Instant checkedAt() {
        return checkedAt;
    }

    /** Why the last check failed; null when it did not. */
    synchronized String fault() {
        return fault;
    }
}
