package io.thespace.invitation;

import java.util.UUID;

/**
 * Somebody came by an invitation.
 *
 * @param role {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code guest}
 */
public record AcceptanceReceipt(UUID userId, UUID orgId, String organization, String role) {}
