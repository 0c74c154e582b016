package io.thespace.identity;

import jakarta.annotation.Nullable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * How much an organization may ask for; what is null has no limit of its own. In a change, null leaves a limit as it is.
 *
 * @param requestsPerMinute of all its callers together
 * @param requestsPerDay of all its callers together
 * @param modelTokensPerDay that its agents may use of language models
 */
public record RateLimits(
        @Nullable @Min(1) @Max(1_000_000) Integer requestsPerMinute,
        @Nullable @Min(1) @Max(1_000_000_000) Long requestsPerDay,
        @Nullable @Min(1) @Max(1_000_000_000_000L) Long modelTokensPerDay) {}
