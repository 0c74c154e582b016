package io.thespace.invitation;

import java.util.UUID;

/**
 * Result of accepting an invitation.
 *
 * @param role {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code guest}
 */
public record AcceptanceReceipt(UUID userId, UUID orgId, String organization, String role) {

    /** For the documentation. */
    public static final AcceptanceReceipt EXAMPLE = new AcceptanceReceipt(
            UUID.fromString("019a0000-0000-7000-8000-000000000003"),
            UUID.fromString("019a0000-0000-7000-8000-000000000001"),
            "My organization",
            "member");
}
