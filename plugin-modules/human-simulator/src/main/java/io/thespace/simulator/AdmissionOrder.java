package io.thespace.simulator;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** Asks for a persona's place in a planned run. */
public record AdmissionOrder(@NotNull UUID runId, @NotNull UUID personaId) {}
