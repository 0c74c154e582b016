package io.thespace.invitation;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Somebody shows an invitation.
 *
 * @param code with or without hyphens, in upper or lower case
 * @param pin its PIN
 */
public record ValidationRequest(@NotBlank @Size(max = 64) String code, @NotBlank @Size(max = 64) String pin) {

    @Override
    public String toString() {
        return "ValidationRequest[]";
    }
}
