package io.thespace.agent;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An agent.
 *
 * @param tools the tools that it may use
 * @param budget null for none
 * @param status {@code draft}, {@code active}, {@code paused}, {@code suspended} or {@code archived}
 * @param createdBy the user who created it; null when that user was erased
 */
public record AgentView(
        UUID id,
        String name,
        String description,
        String model,
        List<String> tools,
        @Nullable Budget budget,
        String status,
        @Nullable UUID createdBy,
        Instant createdAt,
        Instant changedAt) {

    /** For the documentation. */
    public static final AgentView EXAMPLE = new AgentView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f"),
            "support",
            "Answers customers' questions.",
            "gpt-4o-mini",
            List.of("search_orders", "refund"),
            Budget.EXAMPLE,
            "active",
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2026-01-31T12:00:00Z"));
}
