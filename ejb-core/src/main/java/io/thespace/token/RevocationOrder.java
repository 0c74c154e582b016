package io.thespace.token;

import jakarta.validation.constraints.Size;

/** Why a token is revoked; null for no reason. */
public record RevocationOrder(@Size(max = 500) String reason) {

    /** For the documentation. */
    public static final RevocationOrder EXAMPLE = new RevocationOrder("found in a public repository");
}
