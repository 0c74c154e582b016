package io.thespace.identity.signin;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * Request to sign in.
 *
 * @param orgId to which organization; null for the one that the user has belonged to longest
 */
public record LoginRequest(
        @NotBlank @Size(max = 254) String email, @NotBlank @Size(max = 200) String password, UUID orgId) {

    /** For the documentation. */
    public static final LoginRequest EXAMPLE = new LoginRequest("admin@localhost", "correct horse battery", null);

    @Override
    public String toString() {
        return "LoginRequest[]";
    }
}
