package io.thespace.simulator;

import java.time.Instant;
import java.util.UUID;

/**
 * A run.
 *
 * @param state {@code planned} while it admits personas, {@code queued}, {@code running}, {@code completed}, {@code stopped},
 *     {@code failed} when it could not be made, or {@code interrupted} when its node went away
 * @param reason why it did not complete; null when it did
 * @param users how many sessions it has
 * @param capacity how many places it has; null when it admits none
 * @param passed whether all of it went as expected; null before its end
 * @param result so far
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
