package io.thespace.sdk;

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
public record Session(
        UUID id,
        UUID agentId,
        UUID userId,
        String subject,
        Map<String, Object> metadata,
        String status,
        String reason,
        int messages,
        int idleTimeoutSeconds,
        Instant idleAt,
        Instant createdAt,
        Instant endedAt) {}
