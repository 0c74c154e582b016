package io.thespace.simulator;

import java.time.Instant;
import java.util.UUID;

/**
 * The admission of a persona to a run.
 *
 * @param status {@code admitted} or {@code waiting}
 * @param place the position in the order of requests, from 1
 * @param waiting the position in the waiting list, from 1; null when admitted
 */
public record AdmissionView(
        UUID admissionId, UUID runId, UUID personaId, String status, long place, Long waiting, Instant createdAt) {}
