package io.thespace.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A session.
 *
 * @param agentId with which agent, which may be deleted by now
 * @param userId the user who opened it; null when that is forgotten
 * @param subject whom it is about; null for the user alone
 * @param status {@code active}, {@code terminated} or {@code timed_out}
 * @param reason why it was terminated
 * @param messages how many it has
 * @param idleAt when it times out, or timed out, unless a message comes
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
