package io.thespace.simulator;

import io.thespace.plugin.api.Rejection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import net.fortuna.ical4j.model.Recur;
import net.fortuna.ical4j.transform.recurrence.Frequency;

/**
 * When something comes due: at a wall clock's time, and again by a recurrence rule (RFC 5545, section 3.3.10).
 *
 * <p>Recurrences are counted on the wall clock and turned into instants one by one, as section 3.3.5 has it: a time that the
 * clock skips in spring is read with the offset before the gap (02:30 in Berlin becomes 03:30), and of a time that comes
 * twice in autumn the first is meant. So a daily entry comes due once a day, whatever the clock does. An hourly one comes due
 * once for each hour that the clock shows.
 *
 * @param rule null for once
 */
record Schedule(LocalDateTime start, ZoneId zone, String rule) {

    /** More often than hourly would be a load of its own. */
    private static final Set<Frequency> TOO_OFTEN = Set.of(Frequency.SECONDLY, Frequency.MINUTELY);

    /** How far the wall clock may run behind the instants around a change of offset. */
    private static final int MOST_HOURS_BACK = 3;

    private static final int MOST_TRIES = 64;

    /**
     * A schedule from its texts.
     *
     * @throws Rejection {@code SCHEDULE_INVALID}
     */
    static Schedule of(String start, String zone, String rule) {
        Schedule schedule = new Schedule(start(start), zone(zone), rule);
        if (rule != null) {
            try {
                Recur<LocalDateTime> recur = new Recur<>(rule);
                if (TOO_OFTEN.contains(recur.getFrequency())) {
                    throw refused("rule", "may not recur more often than hourly");
                }
                schedule.next(schedule.start.atZone(schedule.zone).toInstant());
            } catch (IllegalArgumentException | DateTimeException | ClassCastException e) {
                throw refused(
                        "rule",
                        "must be a recurrence rule such as FREQ=WEEKLY;BYDAY=MO, with any UNTIL as a local time without Z");
            }
        }
        return schedule;
    }

    private static LocalDateTime start(String text) {
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw refused("starts_at", "must be a local time such as 2026-03-29T08:00:00");
        }
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
        Instant first = instant(start);
        if (first.isAfter(after)) {
            return Optional.of(first);
        }
        if (rule == null) {
            return Optional.empty();
        }
        Recur<LocalDateTime> recur = new Recur<>(rule);
        LocalDateTime from = LocalDateTime.ofInstant(after, zone).minusHours(MOST_HOURS_BACK);
        LocalDateTime candidate = from.isBefore(start) ? start : from;
        for (int i = 0; i < MOST_TRIES; i++) {
            candidate = recur.getNextDate(start, candidate);
            if (candidate == null) {
                return Optional.empty();
            }
            if (instant(candidate).isAfter(after)) {
                return Optional.of(instant(candidate));
            }
        }
        return Optional.empty();
    }

    private Instant instant(LocalDateTime local) {
        return local.atZone(zone).toInstant();
    }

    boolean inUtc() {
        return zone.normalized().equals(ZoneOffset.UTC);
    }
}
