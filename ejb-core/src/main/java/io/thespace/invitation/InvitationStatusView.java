package io.thespace.invitation;

import java.time.Instant;
import java.util.UUID;

/**
 * The current validity of an invitation.
 *
 * @param pinHash Argon2id, as a PHC string
 * @param organization its name
 * @param usable whether one more may come by it
 * @param email who alone may come by it, in lower case; null for anybody
 */
public record InvitationStatusView(
        UUID id,
        UUID orgId,
        String pinHash,
        String organization,
        String role,
        Instant expiresAt,
        boolean usable,
        String email) {

    @Override
    public String toString() {
        return "InvitationStatusView[" + id + "]";
    }
}
