package io.thespace.privacy;

import jakarta.validation.constraints.Size;

/**
 * An erasure is to be verified.
 *
 * @param identifier the one that was erased, since the platform does not know it any more; a user's e-mail address. Without
 *     it a user is looked for by their id only.
 */
public record VerificationOrder(@Size(min = 4, max = 320) String identifier) {

    /** For the documentation. */
    public static final VerificationOrder EXAMPLE = new VerificationOrder("ada@example.org");
}
