package io.thespace.sdk;

/**
 * Somebody is to belong to the organization.
 *
 * @param name for a user who is new to the platform
 * @param role {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code guest}
 * @param password for a user who is new to the platform, to sign in with; null for none
 */
public record UserOrder(String email, String name, String role, String password) {

    @Override
    public String toString() {
        return "UserOrder[" + role + "]";
    }
}
