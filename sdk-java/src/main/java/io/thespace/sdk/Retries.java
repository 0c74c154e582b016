package io.thespace.sdk;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a call is sent again: after waits that grow, each drawn at random up to its bound (full jitter, M. Brooker, "Exponential
 * Backoff and Jitter", 2015), or as long as the platform asks for in {@code Retry-After}.
 *
 * @param attempts how often a call is sent at the most, the first time included; 1 for never again
 * @param first bound of the first wait; each further one has twice that of the one before
 * @param longest bound of any wait; a platform that asks for more is not waited for
 */
public record Retries(int attempts, Duration first, Duration longest) {

    /** Four attempts, the waits up to 0.2, 0.4 and 0.8 s, and up to 10 s where the platform asks for it. */
    public static final Retries USUAL = new Retries(4, Duration.ofMillis(200), Duration.ofSeconds(10));

    /** Nothing is sent again. */
    public static final Retries NONE = new Retries(1, Duration.ZERO, Duration.ZERO);

    public Retries {
        if (attempts < 1 || first.isNegative() || longest.isNegative()) {
            throw new IllegalArgumentException("Retries need at least one attempt, and waits that are not negative.");
        }
    }

    /** How long to wait after an attempt, the first one being 1, when the platform does not say. */
    Duration waitAfter(int attempt) {
        long bound = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound + 1));
    }
}
