package io.thespace.identity;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.UUID;

/**
 * A user of an organization.
 *
 * @param email null for a user whose external issuer tells none
 * @param role {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code guest}
 * @param status {@code active} or {@code suspended}, in this organization
 * @param createdAt when the user came to the organization
 */
public record MemberView(UUID id, @Nullable String email, String name, String role, String status, Instant createdAt) {}
