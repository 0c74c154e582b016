package io.thespace.sdk;

/**
 * A user to invite to the organization.
 *
 * @param email whose invitation it is
 * @param name what the invitation is called
 * @param role {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code guest}
 */
public record UserOrder(String email, String name, String role) {}
