package io.thespace.session;

import jakarta.validation.constraints.Size;

/** Why a session is ended; null for no reason. */
public record TerminationRequest(@Size(max = 500) String reason) {}
