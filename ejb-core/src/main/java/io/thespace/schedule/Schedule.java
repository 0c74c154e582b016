package io.thespace.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The definition of a schedule.
 *
 * @param cron null when it has one time
 * @param at null when it has {@code cron}
 * @param nextAt its next time; null for none
 * @param owner the user for whom its runs act; null when that user was erased
 */
record Schedule(
        UUID id,
        String name,
        String workflow,
        JsonNode input,
        String cron,
        Instant at,
        String zone,
        int jitterSeconds,
        String overlap,
        String catchUp,
        boolean enabled,
        Instant nextAt,
        UUID owner) {

    /**
     * A time counts as missed, and is handled by {@code catchUp}, when it is past by more than this plus the jitter.
     */
    private static final int LATE_SECONDS = 60;

    /** The maximum of missed times that are caught up on. */
    static final int MAX_CAUGHT_UP = 100;

    /** After how many times that passed no further one is looked for. */
    private static final int MAX_PASSED = 20_000;

    private Times times() {
        return Times.of(cron, ZoneId.of(zone));
    }

    /** The first time after an instant; empty when there is none. */
    Optional<Instant> after(Instant instant) {
        return cron == null ? Optional.of(at).filter(instant::isBefore) : times().after(instant);
    }

    List<Instant> next(Instant instant, int count) {
        return cron == null ? after(instant).stream().toList() : times().next(instant, count);
    }

    /** The same with its first time after an instant as the next one; none while it is disabled. */
    Schedule comingAfter(Instant instant) {
        Instant next = enabled ? after(instant).orElse(null) : null;
        return new Schedule(
                id, name, workflow, input, cron, at, zone, jitterSeconds, overlap, catchUp, enabled, next, owner);
    }

    /** Whether the next time has passed so long ago that {@code catchUp} says what becomes of it. */
    private boolean late(Instant now) {
        return nextAt != null && nextAt.isBefore(onTimeFrom(now));
    }

    private Instant onTimeFrom(Instant now) {
        return now.minusSeconds(LATE_SECONDS + (long) jitterSeconds);
    }

    /** The same with the first time that {@link #due} has not settled as the next one. */
    Schedule comingAfterDue(Instant now) {
        return comingAfter(late(now) ? now : nextAt);
    }

    /**
     * The times, up to an instant, at which a run is to start now; the oldest first. A time that is not late is the only one: those
     * that passed behind it, while it was delayed by its jitter, have their own delays.
     */
    List<Instant> due(Instant now) {
        if (nextAt == null || nextAt.isAfter(now)) {
            return List.of();
        }
        if (!late(now)) {
            return List.of(nextAt);
        }
        List<Instant> passed = new ArrayList<>();
        Optional<Instant> next = Optional.of(nextAt);
        Times times = cron == null ? null : times();
        for (int i = 0;
                i < MAX_PASSED && next.filter(time -> !time.isAfter(now)).isPresent();
                i++) {
            passed.add(next.get());
            next = times == null ? Optional.empty() : times.after(next.get());
        }
        return switch (catchUp) {
            case "none" ->
                passed.stream().filter(time -> !time.isBefore(onTimeFrom(now))).toList();
            case "latest" -> passed.subList(Math.max(0, passed.size() - 1), passed.size());
            default -> passed.subList(Math.max(0, passed.size() - MAX_CAUGHT_UP), passed.size());
        };
    }
}
