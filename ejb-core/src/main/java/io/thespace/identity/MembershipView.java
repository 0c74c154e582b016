package io.thespace.identity;

import java.util.UUID;

/**
 * An organization that a user may sign in to.
 *
 * @param role {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code guest}
 */
public record MembershipView(UUID orgId, String role) {}
