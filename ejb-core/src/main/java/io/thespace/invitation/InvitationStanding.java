package io.thespace.invitation;

import java.time.Instant;
import java.util.UUID;

/**
 * What an invitation is worth at this moment.
 *
 * @param pinHash Argon2id, as a PHC string
 * @param organization its name
 * @param usable whether one more may come by it
 */
public record InvitationStanding(
        UUID id, UUID orgId, String pinHash, String organization, String role, Instant expiresAt, boolean usable) {

    @Override
    public String toString() {
        return "InvitationStanding[" + id + "]";
    }
}
