package io.thespace.sdk;

/**
 * A user to invite to the organization.
 *
 * @param email the invited person's address
 * @param name the name of the invitation
 * @param role {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code guest}
 */
public record UserOrder(String email, String name, String role) {}
