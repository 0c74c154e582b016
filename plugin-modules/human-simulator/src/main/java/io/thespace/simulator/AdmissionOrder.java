package io.thespace.simulator;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** Request to admit a persona to a planned run. */
public record AdmissionOrder(@NotNull UUID runId, @NotNull UUID personaId) {}
