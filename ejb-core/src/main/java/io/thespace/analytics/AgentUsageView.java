package io.thespace.analytics;

import jakarta.annotation.Nullable;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * What was done with an agent in all of a period; members as in {@link UsageView} and {@link LatencyView}.
 *
 * @param name null when the agent is deleted
 */
public record AgentUsageView(
        UUID agentId,
        @Nullable String name,
        long sessions,
        long messages,
        long calls,
        long errors,
        @Nullable BigDecimal errorRate,
        long inputTokens,
        long outputTokens,
        List<SpendView> spend,
        @Nullable Long p50Ms,
        @Nullable Long p95Ms,
        @Nullable Long p99Ms) {}
