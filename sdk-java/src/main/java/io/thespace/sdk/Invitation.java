package io.thespace.sdk;

import java.time.Instant;
import java.util.UUID;

/**
 * An invitation, without its PIN.
 *
 * @param name its name
 * @param code in readable form, with hyphens
 * @param role the role of people who accept it
 * @param email the only address that may accept it; null for any, and once it is used up
 * @param state {@code open}, {@code used_up}, {@code expired} or {@code revoked}
 * @param mostUses the maximum of people who may accept it
 * @param uses the number of people who accepted it
 * @param createdBy null when that user was erased
 * @param revokedBy null also when that user was erased
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
