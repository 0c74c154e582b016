package io.thespace.simulator;

import java.time.Instant;
import java.util.UUID;

/**
 * A persona's place in a run.
 *
 * @param status {@code admitted} or {@code waiting}
 * @param place the order in which they asked, from 1
 * @param waiting how many are to be moved up before this one, from 1; null when admitted
 */
public record AdmissionView(
        UUID admissionId, UUID runId, UUID personaId, String status, long place, Long waiting, Instant createdAt) {}
