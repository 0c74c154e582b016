package io.thespace.identity;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A user of an organization.
 *
 * @param email null when the external issuer sends none
 * @param role {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code guest}
 * @param status {@code active} or {@code suspended}, in this organization
 * @param createdAt when the user joined the organization
 */
public record MemberView(UUID id, @Nullable String email, String name, String role, String status, Instant createdAt) {

    /** For the documentation. */
    public static final MemberView EXAMPLE = new MemberView(
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            "ada@example.org",
            "Ada",
            "member",
            "active",
            Instant.parse("2026-01-31T12:00:00Z"));
}
