package io.thespace.identity;

import jakarta.annotation.Nullable;

/**
 * How much an organization may ask for; what is null has no limit of its own.
 *
 * @param requestsPerMinute of all its callers together
 * @param requestsPerDay of all its callers together
 * @param modelTokensPerDay that its agents may use of language models
 */
public record RateLimits(
        @Nullable Integer requestsPerMinute, @Nullable Long requestsPerDay, @Nullable Long modelTokensPerDay) {

    /** For the documentation. */
    public static final RateLimits EXAMPLE = new RateLimits(600, 100_000L, null);
}
