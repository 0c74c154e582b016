package io.thespace.session;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A session.
 *
 * @param agentId the agent, which may have been deleted
 * @param userId the user who opened it; null when that user was erased
 * @param subject the person it is about; null for the user alone
 * @param status {@code active}, {@code terminated} or {@code timed_out}
 * @param reason why it was terminated
 * @param messages the number of its messages
 * @param idleAt when it times out, or timed out, unless a message is added
 */
public record SessionView(
        UUID id,
        UUID agentId,
        @Nullable UUID userId,
        @Nullable String subject,
        Map<String, Object> metadata,
        String status,
        @Nullable String reason,
        int messages,
        int idleTimeoutSeconds,
        Instant idleAt,
        Instant createdAt,
        @Nullable Instant endedAt) {

    /** For the documentation. */
    public static final SessionView EXAMPLE = new SessionView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e60"),
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f"),
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            "ada@example.org",
            Map.of("channel", "chat"),
            "active",
            null,
            2,
            1800,
            Instant.parse("2026-01-31T12:30:00Z"),
            Instant.parse("2026-01-31T12:00:00Z"),
            null);
}
