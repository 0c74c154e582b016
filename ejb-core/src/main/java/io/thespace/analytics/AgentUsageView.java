package io.thespace.analytics;

import jakarta.annotation.Nullable;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * The usage of one agent over a whole period; members as in {@link UsageView} and {@link LatencyView}.
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
        @Nullable Long p99Ms) {

    /** For the documentation. */
    public static final AgentUsageView EXAMPLE = new AgentUsageView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f"),
            "support",
            41,
            320,
            160,
            2,
            new BigDecimal("0.0125"),
            130_211,
            10_240,
            List.of(SpendView.EXAMPLE),
            734L,
            2_108L,
            4_219L);
}
