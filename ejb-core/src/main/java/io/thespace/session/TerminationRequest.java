package io.thespace.session;

import jakarta.validation.constraints.Size;

/** Why a session is ended; null for no reason. */
public record TerminationRequest(@Size(max = 500) String reason) {

    /** For the documentation. */
    public static final TerminationRequest EXAMPLE = new TerminationRequest("The customer has left.");
}
