package io.thespace.identity;

import io.thespace.plugin.api.EmailAddress;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A user to invite to an organization.
 *
 * @param email the invited person's address
 * @param name the name of the invitation
 * @param role the role of the new member
 */
public record MemberOrder(
        @NotBlank @EmailAddress String email, @NotBlank @Size(max = 200) String name, @NotNull MembershipRole role) {

    /** For the documentation. */
    public static final MemberOrder EXAMPLE = new MemberOrder("ada@example.org", "Ada", MembershipRole.MEMBER);
}
