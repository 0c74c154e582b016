package io.thespace.token;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A token, without its text.
 *
 * @param permissions what it was given; what it may do now is that and what its user may
 * @param agentId null for a token of the user's own
 * @param expiresAt null for never
 * @param lastUsedAt to the minute; null for never
 */
public record TokenView(
        UUID id,
        String name,
        List<String> permissions,
        UUID userId,
        @Nullable UUID agentId,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedReason) {}
