package io.thespace.sdk;

/**
 * The limits of an organization; null for no limit of its own.
 *
 * @param requestsPerMinute of all its callers together
 * @param requestsPerDay of all its callers together
 * @param modelTokensPerDay of language models, by its agents
 */
public record RateLimits(Integer requestsPerMinute, Long requestsPerDay, Long modelTokensPerDay) {}
