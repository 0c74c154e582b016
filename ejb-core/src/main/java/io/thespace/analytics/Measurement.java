package io.thespace.analytics;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A measurement to add to the totals.
 *
 * @param sessionId the session; measurements of one session share their rows
 * @param at the time of the measurement
 * @param sessions number of sessions started, 0 or 1; likewise messages, calls and errors
 * @param calls whether it is the outcome of a call of a model or a tool
 * @param latencyMs the duration of the call; null when it was not measured
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

    /** The start of a session. */
    public static Measurement session(UUID agentId, UUID sessionId, Instant at) {
        return new Measurement(agentId, sessionId, at, 1, 0, 0, 0, 0, 0, null, null, null);
    }

    /** A message that is not the outcome of a call. */
    public static Measurement message(UUID agentId, UUID sessionId, Instant at) {
        return new Measurement(agentId, sessionId, at, 0, 1, 0, 0, 0, 0, null, null, null);
    }
}
