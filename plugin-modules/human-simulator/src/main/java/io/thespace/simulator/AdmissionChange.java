package io.thespace.simulator;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** Gives a place, or the place in the waiting list, to another persona. */
public record AdmissionChange(@NotNull UUID personaId) {}
