package io.thespace.invitation;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * Result of validating an invitation.
 *
 * @param valid false for an unknown code, a wrong PIN, and an invitation that is no longer valid, without distinction
 * @param membership the membership on offer; null when not valid
 */
public record ValidationView(boolean valid, @Nullable MembershipOfferView membership) {

    /** For the documentation. */
    public static final ValidationView EXAMPLE = new ValidationView(
            true,
            new MembershipOfferView(
                    UUID.fromString("019a0000-0000-7000-8000-000000000001"),
                    "My organization",
                    "member",
                    Instant.parse("2026-02-07T12:00:00Z")));

    /** It cannot be accepted. */
    public static final ValidationView NONE = new ValidationView(false, null);

    /**
     * The membership that an invitation offers.
     *
     * @param organization the organization's name
     * @param role {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code guest}
     */
    public record MembershipOfferView(UUID orgId, String organization, String role, Instant expiresAt) {}
}
