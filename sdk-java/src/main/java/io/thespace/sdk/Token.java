package io.thespace.sdk;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A token, without its text.
 *
 * @param permissions the permissions granted at creation; the effective ones are those that its user has too
 * @param agentId null for a token of the user's own
 * @param expiresAt null for never
 * @param lastUsedAt to the minute; null for never
 * @param revokedAt null for one that is not revoked
 * @param revokedReason null for none
 */
public record Token(
        UUID id,
        String name,
        List<String> permissions,
        UUID userId,
        UUID agentId,
        Instant createdAt,
        Instant expiresAt,
        Instant lastUsedAt,
        Instant revokedAt,
        String revokedReason) {}
