package io.thespace.schedule;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A schedule.
 *
 * @param cron five fields; null when it has one time
 * @param at the one time; null when it has {@code cron}
 * @param next the next ten times, without jitter; none while it is disabled or after its one time
 * @param lastAt the last time; null before the first
 * @param lastOutcome its outcome: {@code started}, or why no run started
 * @param ownedBy the user for whom the steps act, who created or last changed it; null when that user was erased
 */
public record ScheduleView(
        UUID id,
        String name,
        String workflowId,
        Map<String, Object> input,
        @Nullable String cron,
        @Nullable Instant at,
        String zone,
        int jitterSeconds,
        String overlap,
        String catchUp,
        boolean enabled,
        List<Instant> next,
        @Nullable Instant lastAt,
        @Nullable String lastOutcome,
        @Nullable UUID ownedBy,
        Instant createdAt,
        Instant changedAt) {

    /** For the documentation. */
    public static final ScheduleView EXAMPLE = new ScheduleView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e70"),
            ScheduleOrder.EXAMPLE.name(),
            ScheduleOrder.EXAMPLE.workflowId(),
            ScheduleOrder.EXAMPLE.input(),
            ScheduleOrder.EXAMPLE.cron(),
            null,
            ScheduleOrder.EXAMPLE.zone(),
            0,
            ScheduleOrder.EXAMPLE.overlap(),
            ScheduleOrder.EXAMPLE.catchUp(),
            true,
            List.of(Instant.parse("2026-02-02T07:00:00Z"), Instant.parse("2026-02-03T07:00:00Z")),
            Instant.parse("2026-01-30T07:00:00Z"),
            "started",
            UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
            Instant.parse("2026-01-01T12:00:00Z"),
            Instant.parse("2026-01-01T12:00:00Z"));
}
