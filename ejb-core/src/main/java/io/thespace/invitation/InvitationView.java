package io.thespace.invitation;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * An invitation, without its PIN.
 *
 * @param name what it is for
 * @param code as people read it, with hyphens
 * @param role what whoever comes by it becomes: {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code guest}
 * @param state {@code open}, {@code used_up}, {@code expired} or {@code revoked}
 * @param mostUses how many people may come by it
 * @param uses how many have
 * @param createdBy null when they were erased
 * @param revokedBy null also when they were erased
 */
public record InvitationView(
        UUID invitationId,
        String name,
        String code,
        String role,
        String state,
        int mostUses,
        int uses,
        Instant expiresAt,
        @Nullable UUID createdBy,
        Instant createdAt,
        @Nullable Instant revokedAt,
        @Nullable UUID revokedBy) {}
