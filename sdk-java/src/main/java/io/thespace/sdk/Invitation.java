package io.thespace.sdk;

import java.time.Instant;
import java.util.UUID;

/**
 * An invitation, without its PIN.
 *
 * @param name what it is for
 * @param code as people read it, with hyphens
 * @param role what whoever comes by it becomes
 * @param email who alone may come by it; null for anybody, and once it is used up
 * @param state {@code open}, {@code used_up}, {@code expired} or {@code revoked}
 * @param mostUses how many people may come by it
 * @param uses how many have
 * @param createdBy null when they were erased
 * @param revokedBy null also when they were erased
 */
public record Invitation(
        UUID invitationId,
        String name,
        String code,
        String role,
        String email,
        String state,
        int mostUses,
        int uses,
        Instant expiresAt,
        UUID createdBy,
        Instant createdAt,
        Instant revokedAt,
        UUID revokedBy) {}
