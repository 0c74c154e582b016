package io.thespace.simulator;

import java.time.Instant;
import java.util.UUID;

/**
 * A run.
 *
 * @param state {@code planned} while it admits personas, {@code queued}, {@code running}, {@code completed}, {@code
 *     stopped}, {@code failed} when it could not be executed, or {@code interrupted} when its node died
 * @param reason why it did not complete; null otherwise
 * @param users the number of its sessions
 * @param capacity the number of its places; null without admissions
 * @param passed whether all steps met their expectations; null before its end
 * @param result the result so far
 */
public record RunView(
        UUID runId,
        String scenario,
        String state,
        String reason,
        int users,
        int concurrency,
        long seed,
        int limitSeconds,
        Integer capacity,
        Instant createdAt,
        Instant startedAt,
        Instant endedAt,
        Boolean passed,
        RunResult result) {}
