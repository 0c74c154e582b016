package io.thespace.sdk;

/**
 * How much an organization may ask for; what is null has no limit of its own.
 *
 * @param requestsPerMinute of all its callers together
 * @param requestsPerDay of all its callers together
 * @param modelTokensPerDay that its agents may use of language models
 */
public record RateLimits(Integer requestsPerMinute, Long requestsPerDay, Long modelTokensPerDay) {}
