package io.thespace.invitation;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Request to validate an invitation.
 *
 * @param code with or without hyphens, in upper or lower case
 * @param pin its PIN
 */
public record ValidationRequest(@NotBlank @Size(max = 64) String code, @NotBlank @Size(max = 64) String pin) {

    /** For the documentation. */
    public static final ValidationRequest EXAMPLE = new ValidationRequest("7Q2M4-XK0VD-9FJ3H-B6T8R", "40718625");

    @Override
    public String toString() {
        return "ValidationRequest[]";
    }
}
