package io.thespace.invitation;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * An invitation, without its PIN.
 *
 * @param name its name
 * @param code in readable form, with hyphens
 * @param role the role of people who accept it: {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code
 *     guest}
 * @param email the only address that may accept it; null for any, and once it is used up
 * @param state {@code open}, {@code used_up}, {@code expired} or {@code revoked}
 * @param mostUses the maximum of people who may accept it
 * @param uses the number of people who accepted it
 * @param createdBy null when that user was erased
 * @param revokedBy null also when that user was erased
 */
public record InvitationView(
        UUID invitationId,
        String name,
        String code,
        String role,
        @Nullable String email,
        String state,
        int mostUses,
        int uses,
        Instant expiresAt,
        @Nullable UUID createdBy,
        Instant createdAt,
        @Nullable Instant revokedAt,
        @Nullable UUID revokedBy) {

    /** For the documentation. */
    public static final InvitationView EXAMPLE = new InvitationView(
            UUID.fromString("019a0000-0000-7000-8000-000000000070"),
            "New colleagues",
            "7Q2M4-XK0VD-9FJ3H-B6T8R",
            "member",
            null,
            "open",
            5,
            1,
            Instant.parse("2026-02-07T12:00:00Z"),
            UUID.fromString("019a0000-0000-7000-8000-000000000002"),
            Instant.parse("2026-01-31T12:00:00Z"),
            null,
            null);
}
