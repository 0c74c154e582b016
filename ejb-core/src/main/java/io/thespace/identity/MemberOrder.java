package io.thespace.identity;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Somebody is to belong to an organization.
 *
 * @param name for a user who is new to the platform
 * @param password for a user who is new to the platform, to sign in with; null for nobody's
 */
public record MemberOrder(
        @NotBlank @Email @Size(max = 254) String email,
        @NotBlank @Size(max = 200) String name,
        @NotNull MembershipRole role,
        @Size(max = 200) String password) {

    @Override
    public String toString() {
        return "MemberOrder[" + role + "]";
    }
}
