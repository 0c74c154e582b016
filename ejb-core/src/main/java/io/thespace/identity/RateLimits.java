package io.thespace.identity;

import jakarta.annotation.Nullable;

/**
 * The limits of an organization; null for no limit of its own.
 *
 * @param requestsPerMinute of all its callers together
 * @param requestsPerDay of all its callers together
 * @param modelTokensPerDay of language models, by its agents
 */
public record RateLimits(
        @Nullable Integer requestsPerMinute, @Nullable Long requestsPerDay, @Nullable Long modelTokensPerDay) {

    /** For the documentation. */
    public static final RateLimits EXAMPLE = new RateLimits(600, 100_000L, null);
}
