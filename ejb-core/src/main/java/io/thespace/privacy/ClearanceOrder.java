package io.thespace.privacy;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A legal hold is to end. */
public record ClearanceOrder(@NotBlank @Size(max = 500) String reason) {

    /** For the documentation. */
    public static final ClearanceOrder EXAMPLE = new ClearanceOrder("Settled.");
}
