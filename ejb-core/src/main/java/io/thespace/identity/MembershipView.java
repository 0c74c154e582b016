package io.thespace.identity;

import java.util.UUID;

/**
 * Where a user may sign in.
 *
 * @param role {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code guest}
 */
public record MembershipView(UUID orgId, String role) {}
