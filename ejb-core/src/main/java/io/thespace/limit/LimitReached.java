package io.thespace.limit;

import java.util.UUID;

/**
 * Fired when a signed-in caller has used a limit up, once for each caller, limit and window, without a transaction.
 *
 * @param policy the limit, as {@code RateLimit-Policy} names it
 */
public record LimitReached(UUID orgId, UUID userId, String policy, long calls, long seconds, String requestId) {}
