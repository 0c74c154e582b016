package io.thespace.token;

import jakarta.annotation.Nullable;
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
        @Nullable String revokedReason) {

    /** For the documentation. */
    public static final TokenView EXAMPLE = new TokenView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f"),
            "nightly export",
            List.of("memory_read", "session_read"),
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            null,
            Instant.parse("2026-01-31T12:00:00Z"),
            Instant.parse("2027-01-31T12:00:00Z"),
            null,
            null,
            null);
}
