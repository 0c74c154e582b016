package io.thespace.sdk;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * The usage of one agent over a whole period; members as in {@link Usage} and {@link Latency}.
 *
 * @param name null when the agent is deleted
 */
public record AgentUsage(
        UUID agentId,
        String name,
        long sessions,
        long messages,
        long calls,
        long errors,
        BigDecimal errorRate,
        long inputTokens,
        long outputTokens,
        List<Spend> spend,
        Long p50Ms,
        Long p95Ms,
        Long p99Ms) {}
