package io.thespace.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The times of a cron expression of five fields (POSIX.1-2017, crontab) in a time zone.
 *
 * <p>When clocks are set forward, a time that does not exist is replaced by the moment of the change, unless the
 * expression names no hour: then each existing hour counts. When they are set back, an expression with one time in the
 * repeated hour fires once, at its first occurrence, and one that repeats within the hour or names no hour fires in
 * both.
 */
final class Times {

    private static final int MAX_TRANSITIONS = 100;

    private final ExecutionTime cron;
    private final boolean anyHour;
    private final ZoneId zone;

    private Times(ExecutionTime cron, boolean anyHour, ZoneId zone) {
        this.cron = cron;
        this.anyHour = anyHour;
        this.zone = zone;
    }

    /**
     * Reads an expression.
     *
     * @throws Rejection {@code INVALID_SCHEDULE} when it is invalid, or never due
     */
    static Times of(String expression, ZoneId zone) {
        Cron cron;
        try {
            cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                    .parse(expression)
                    .validate();
        } catch (IllegalArgumentException e) {
            throw refused("cron", "must be a cron expression of five fields: " + e.getMessage());
        }
        Times times = new Times(
                ExecutionTime.forCron(cron),
                expression.strip().split("\\s+", -1)[1].contains("*"),
                zone);
        if (times.after(Instant.now()).isEmpty()) {
            throw refused("cron", "must match a date that exists");
        }
        return times;
    }

    /**
     * A time zone of the tz database.
     *
     * @throws Rejection {@code INVALID_SCHEDULE}
     */
    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw refused("zone", "must be a time zone like Europe/Berlin or UTC");
        }
    }

    static Rejection refused(String field, String sentence) {
        return new Rejection(
                ScheduleError.INVALID_SCHEDULE, field + " " + sentence + ".", List.of(new FieldError(field, sentence)));
    }

    /** The first time after an instant; empty when there is none. */
    Optional<Instant> after(Instant instant) {
        Optional<Instant> next = cron.nextExecution(instant.atZone(zone)).map(ZonedDateTime::toInstant);
        if (anyHour) {
            return next;
        }
        Instant from = instant;
        for (int i = 0; i < MAX_TRANSITIONS; i++) {
            ZoneOffsetTransition change = zone.getRules().nextTransition(from);
            if (change == null || (next.isPresent() && !change.getInstant().isBefore(next.get()))) {
                return next;
            }
            if (change.isGap() && comesIn(change)) {
                return Optional.of(change.getInstant());
            }
            from = change.getInstant();
        }
        return next;
    }

    /** Whether there is a time among those that a change of the clocks leaves out. */
    private boolean comesIn(ZoneOffsetTransition change) {
        LocalDateTime first = change.getDateTimeBefore();
        return cron.nextExecution(first.minusSeconds(1).atZone(ZoneOffset.UTC))
                .filter(time -> time.toLocalDateTime().isBefore(change.getDateTimeAfter()))
                .isPresent();
    }

    /** The next times after an instant. */
    List<Instant> next(Instant instant, int count) {
        List<Instant> times = new ArrayList<>();
        Optional<Instant> next = after(instant);
        while (next.isPresent() && times.size() < count) {
            times.add(next.get());
            next = after(next.get());
        }
        return times;
    }
}
