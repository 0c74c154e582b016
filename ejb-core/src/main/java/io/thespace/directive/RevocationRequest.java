package io.thespace.directive;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why a directive is taken out of force. */
public record RevocationRequest(@NotBlank @Size(max = 500) String reason) {

    /** For the documentation. */
    public static final RevocationRequest EXAMPLE = new RevocationRequest("The refund policy has changed.");
}
