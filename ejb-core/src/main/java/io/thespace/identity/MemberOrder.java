package io.thespace.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Somebody is to belong to an organization. The password is read and never written: what is digested of a request, for its
 * audit record and its idempotency key, would else let guesses at it be tried.
 *
 * @param name for a user who is new to the platform
 * @param password for a user who is new to the platform, to sign in with; null for nobody's
 */
public record MemberOrder(
        @NotBlank @Email @Size(max = 254) String email,
        @NotBlank @Size(max = 200) String name,
        @NotNull MembershipRole role,
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Size(max = 200) String password) {

    /** For the documentation. */
    public static final MemberOrder EXAMPLE =
            new MemberOrder("ada@example.org", "Ada", MembershipRole.MEMBER, "correct horse battery");

    @Override
    public String toString() {
        return "MemberOrder[" + role + "]";
    }
}
