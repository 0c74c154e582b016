package io.thespace.simulator;

import io.thespace.plugin.api.Rejection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The due times of an entry: a local time, repeated by a recurrence rule (RFC 5545, section 3.3.10).
 *
 * <p>Recurrences are computed in local time and converted to instants one by one, as section 3.3.5 requires: a time
 * skipped in spring is interpreted with the offset before the gap (02:30 in Berlin becomes 03:30), and of a time that
 * occurs twice in autumn the first is used. So a daily entry is due once a day, and an hourly one once for each local
 * hour.
 *
 * @param rule null for once
 */
record Schedule(LocalDateTime start, ZoneId zone, String rule) {

    /** Years before this one make a rule costly and mean nothing to a calendar. */
    private static final int MIN_YEAR = 1900;

    private static final int MAX_YEAR = 9999;

    /** The maximum by which local time can fall behind at a change of offset, in hours. */
    private static final int MAX_HOURS_BACK = 3;

    private static final int MAX_TRIES = 64;

    /**
     * A schedule from its texts.
     *
     * @throws Rejection {@code SCHEDULE_INVALID}
     */
    static Schedule of(String start, String zone, String rule) {
        Schedule schedule = new Schedule(start(start), zone(zone), rule);
        if (rule != null) {
            try {
                schedule.checkRule();
            } catch (IllegalArgumentException e) {
                throw refused("rule", e.getMessage());
            }
        }
        return schedule;
    }

    /** @throws IllegalArgumentException with what is wrong, to be read after the name of the rule */
    void checkRule() {
        Recurrence recurrence = Recurrence.of(rule);
        if (recurrence
                .until(zone)
                .filter(until -> until.isBefore(instant(start)))
                .isPresent()) {
            throw new IllegalArgumentException("has an UNTIL before the start");
        }
    }

    private static LocalDateTime start(String text) {
        try {
            LocalDateTime start = LocalDateTime.parse(text);
            if (start.equals(start.truncatedTo(ChronoUnit.SECONDS))
                    && start.getYear() >= MIN_YEAR
                    && start.getYear() <= MAX_YEAR) {
                return start;
            }
        } catch (DateTimeException e) {
            throw refused("starts_at", "must be a local time such as 2026-03-29T08:00:00");
        }
        throw refused("starts_at", "must be in whole seconds and in the years %d to %d".formatted(MIN_YEAR, MAX_YEAR));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw refused("zone", "must be a time zone such as Europe/Berlin");
        }
    }

    private static Rejection refused(String field, String fault) {
        return Rejection.of(SimulatorError.SCHEDULE_INVALID, field, field + " " + fault + ".");
    }

    /** The first time after an instant; empty when there is none any more. */
    Optional<Instant> next(Instant after) {
        return next(after, Effort.ofOneRule());
    }

    /**
     * The same, for one of many schedules.
     *
     * @throws Effort.Exceeded when it takes more than the effort that is left
     */
    Optional<Instant> next(Instant after, Effort effort) {
        Instant first = instant(start);
        if (first.isAfter(after)) {
            return Optional.of(first);
        }
        if (rule == null) {
            return Optional.empty();
        }
        Recurrence recurrence = Recurrence.of(rule);
        LocalDateTime from = LocalDateTime.ofInstant(after, zone).minusHours(MAX_HOURS_BACK);
        Optional<Instant> until = recurrence.until(zone);
        return recurrence.from(start, from, MAX_TRIES, effort).stream()
                .map(this::instant)
                .filter(time -> time.isAfter(after))
                .findFirst()
                .filter(time -> until.isEmpty() || !time.isAfter(until.get()));
    }

    private Instant instant(LocalDateTime local) {
        return local.atZone(zone).toInstant();
    }
}
