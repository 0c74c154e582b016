package io.thespace.sdk;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A retry policy: increasing waits, each drawn at random up to its bound (full jitter, M. Brooker, "Exponential Backoff
 * and Jitter", 2015), or the delay of {@code Retry-After}. Brooker, "Exponential Backoff and Jitter", 2015), or as long
 * as the platform asks for in {@code Retry-After}.
 *
 * @param attempts the maximum of attempts, including the first; 1 for no retries
 * @param first bound of the first wait, doubled for each further one
 * @param longest bound of any wait; calls fail when the platform requests a longer one
 */
public record Retries(int attempts, Duration first, Duration longest) {

    /** Four attempts, with waits of up to 0.2, 0.4 and 0.8 s, and up to 10 s where the platform requests it. */
    public static final Retries USUAL = new Retries(4, Duration.ofMillis(200), Duration.ofSeconds(10));

    /** Nothing is sent again. */
    public static final Retries NONE = new Retries(1, Duration.ZERO, Duration.ZERO);

    public Retries {
        if (attempts < 1 || first.isNegative() || longest.isNegative()) {
            throw new IllegalArgumentException("Retries need at least one attempt, and waits that are not negative.");
        }
    }

    /** Returns the wait after an attempt, counted from 1, without {@code Retry-After}. */
    Duration waitAfter(int attempt) {
        long bound = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound + 1));
    }
}
