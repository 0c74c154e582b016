package io.thespace.identity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/** A change of {@link RateLimits}, as a {@link io.thespace.json.MergePatch}: a cleared member has no limit. */
public record RateLimitsChange(
        Optional<@Min(1) @Max(1_000_000) Integer> requestsPerMinute,
        Optional<@Min(1) @Max(1_000_000_000) Long> requestsPerDay,
        Optional<@Min(1) @Max(1_000_000_000_000L) Long> modelTokensPerDay) {

    /** For the documentation. */
    @SuppressWarnings("NullOptional") // null is what a merge patch leaves out
    public static final RateLimitsChange EXAMPLE = new RateLimitsChange(Optional.of(600), null, Optional.empty());
}
