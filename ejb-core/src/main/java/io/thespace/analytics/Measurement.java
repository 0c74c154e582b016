package io.thespace.analytics;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * Something to add up.
 *
 * @param sessionId in which session; those of one session share their rows
 * @param at when
 * @param sessions how many sessions began with it, 0 or 1; as are messages, calls and errors
 * @param calls whether it tells what a call of a model or a tool came to
 * @param latencyMs how long the call took; null when it was not measured
 * @param cost null for none
 * @param currency of the cost
 */
public record Measurement(
        UUID agentId,
        UUID sessionId,
        Instant at,
        int sessions,
        int messages,
        int calls,
        int errors,
        long inputTokens,
        long outputTokens,
        Integer latencyMs,
        BigDecimal cost,
        String currency) {

    /** That a session began. */
    public static Measurement session(UUID agentId, UUID sessionId, Instant at) {
        return new Measurement(agentId, sessionId, at, 1, 0, 0, 0, 0, 0, null, null, null);
    }

    /** A message that tells of no call. */
    public static Measurement message(UUID agentId, UUID sessionId, Instant at) {
        return new Measurement(agentId, sessionId, at, 0, 1, 0, 0, 0, 0, null, null, null);
    }
}
