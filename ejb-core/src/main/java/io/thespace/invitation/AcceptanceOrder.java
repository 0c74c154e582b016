package io.thespace.invitation;

import io.thespace.plugin.api.EmailAddress;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Request to accept an invitation.
 *
 * @param code with or without hyphens, in upper or lower case
 * @param email the address of the account
 * @param name the display name; an existing user keeps theirs
 * @param password of at least 12 characters; an existing user gives theirs
 */
public record AcceptanceOrder(
        @NotBlank @Size(max = 64) String code,
        @NotBlank @Size(max = 64) String pin,
        @NotBlank @EmailAddress String email,
        @NotBlank @Size(max = 200) String name,
        @NotBlank @Size(max = 200) String password) {

    /** For the documentation. */
    public static final AcceptanceOrder EXAMPLE = new AcceptanceOrder(
            "7Q2M4-XK0VD-9FJ3H-B6T8R", "40718625", "ada@example.org", "Ada Lovelace", "correct horse battery");

    @Override
    public String toString() {
        return "AcceptanceOrder[]";
    }
}
