package io.thespace.simulator;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * A recurrence rule (RFC 5545, section 3.3.10) that is at most hourly, counted on a wall clock.
 *
 * <p>The cost of a rule is bounded: occurrences before the one that is sought are skipped by arithmetic, or counted up to {@link
 * #MAX_COUNT}, and a stretch without any ends the search after {@link #MAX_JUMPS}.
 */
final class Recurrence {

    static final int MAX_COUNT = 10_000;
    static final int MAX_INTERVAL = 10_000;

    /** More often than hourly would be a load of its own. */
    private static final Set<Freq> TOO_OFTEN = Set.of(Freq.SECONDLY, Freq.MINUTELY);

    /**
     * Frequencies for which the library's own limit, 1,000 empty periods, is shorter than the possible time between two
     * occurrences.
     */
    private static final Set<Freq> SHORT = Set.of(Freq.HOURLY, Freq.DAILY);

    /** In days, fewer than the empty periods that the library examines. */
    private static final int HOURLY_JUMP_DAYS = 30;

    private static final int DAILY_JUMP_DAYS = 900;

    private static final int PERIODS_OF_A_UNIT = 1_000;

    /** Units of effort for a thousand weeks, months or years without an occurrence, each of up to 366 dates and times. */
    private static final int EMPTY_LONG_PERIODS = 50;

    /** More than ten years of hours; 29 February is at most eight years away. */
    private static final int MAX_JUMPS = 128;

    private static final int MAX_YEAR = 9999;

    /** The last that iCalendar's four digits of a year can write. */
    private static final LocalDateTime LAST = LocalDateTime.of(MAX_YEAR, 12, 31, 23, 59, 59);

    /** The library takes week 53 for one of every year. */
    private static final Set<Integer> UNKNOWN_WEEKS = Set.of(53, -53);

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withResolverStyle(ResolverStyle.STRICT);

    private final RecurrenceRule rule; // without its UNTIL, which is compared as an instant
    private final String text;
    private final LocalDateTime until;
    private final boolean untilInUtc;

    private Recurrence(RecurrenceRule rule, String text, LocalDateTime until, boolean untilInUtc) {
        this.rule = rule;
        this.text = text;
        this.until = until;
        this.untilInUtc = untilInUtc;
    }

    /** An iCalendar date with time without its Z. */
    static LocalDateTime local(String text) {
        return LocalDateTime.parse(text, LOCAL);
    }

    /** The same, written. */
    static String text(LocalDateTime local) {
        return LOCAL.format(local);
    }

    /**
     * A rule from its text.
     *
     * @throws IllegalArgumentException with what is wrong, to be read after the name of the rule
     */
    static Recurrence of(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        List<String> parts = Arrays.asList(upper.split(";", -1));
        Optional<String> until = parts.stream()
                .filter(part -> part.startsWith("UNTIL="))
                .map(part -> part.substring("UNTIL=".length()))
                .findFirst();
        if (parts.stream().filter(part -> part.startsWith("UNTIL=")).count() > 1) {
            throw new IllegalArgumentException("has UNTIL twice");
        }
        String unending =
                parts.stream().filter(part -> !part.startsWith("UNTIL=")).collect(Collectors.joining(";"));
        RecurrenceRule rule;
        try {
            rule = new RecurrenceRule(unending, RfcMode.RFC5545_STRICT);
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be a recurrence rule such as FREQ=WEEKLY;BYDAY=MO (%s)"
                            .formatted(Judge.shortened(String.valueOf(e.getMessage()))),
                    e);
        }
        check(rule, until.isPresent());
        if (until.isEmpty()) {
            return new Recurrence(rule, unending, null, false);
        }
        boolean utc = until.get().endsWith("Z");
        try {
            return new Recurrence(rule, unending, local(until.get().replaceFirst("Z$", "")), utc);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "has the UNTIL %s, which is no date with time such as 20261231T225959Z".formatted(until.get()), e);
        }
    }

    private static void check(RecurrenceRule rule, boolean until) {
        if (TOO_OFTEN.contains(rule.getFreq()) || several(rule, Part.BYMINUTE) || several(rule, Part.BYSECOND)) {
            throw new IllegalArgumentException(
                    "may not recur more often than hourly; give one BYMINUTE and one BYSECOND at most");
        }
        if (rule.getCount() != null && until) {
            throw new IllegalArgumentException("has both COUNT and UNTIL; give one of them");
        }
        if (rule.getCount() != null && rule.getCount() > MAX_COUNT) {
            throw new IllegalArgumentException("may have a COUNT of at most %d".formatted(MAX_COUNT));
        }
        if (rule.getInterval() > MAX_INTERVAL) {
            throw new IllegalArgumentException("may have an INTERVAL of at most %d".formatted(MAX_INTERVAL));
        }
        List<Integer> weeks = rule.getByPart(Part.BYWEEKNO);
        if (weeks != null && weeks.stream().anyMatch(UNKNOWN_WEEKS::contains)) {
            throw new IllegalArgumentException("may not have week 53 in BYWEEKNO");
        }
    }

    private static boolean several(RecurrenceRule rule, Part part) {
        List<Integer> values = rule.getByPart(part);
        return values != null && values.size() > 1;
    }

    /** Whether its UNTIL, if present, is in UTC, as RFC 5545 requires for starts with a time zone. */
    boolean untilInUtc() {
        return until == null || untilInUtc;
    }

    /** Returns the last instant that can be an occurrence; empty without UNTIL. */
    Optional<Instant> until(ZoneId zone) {
        return Optional.ofNullable(until)
                .map(local -> local.atZone(untilInUtc ? ZoneOffset.UTC : zone).toInstant());
    }

    /** The rule as other programs read it, its UNTIL in UTC. */
    String text(ZoneId zone) {
        return text
                + until(zone)
                        .map(end -> LocalDateTime.ofInstant(end, ZoneOffset.UTC))
                        .map(end -> ";UNTIL=" + text(end.isAfter(LAST) ? LAST : end) + "Z")
                        .orElse("");
    }

    /**
     * Returns the occurrences from a local time on, ignoring UNTIL.
     *
     * @param most the maximum number
     * @throws Effort.Exceeded when they exceed the remaining effort
     */
    List<LocalDateTime> from(LocalDateTime start, LocalDateTime from, int most, Effort effort) {
        LocalDateTime jump = from.isBefore(start) ? start : from;
        boolean jumps = SHORT.contains(rule.getFreq()) && rule.getCount() == null;
        effort.spend(counted(start, jump));
        for (int i = 0; i < (jumps ? MAX_JUMPS : 1) && jump.getYear() <= MAX_YEAR; i++) {
            effort.spend(1);
            try {
                RecurrenceRuleIterator occurrences = rule.iterator(dateTime(start));
                occurrences.fastForward(dateTime(jump));
                return take(occurrences, start, most);
            } catch (IllegalArgumentException e) {
                // Too many periods without an occurrence: the next stretch of them is looked at.
                int days = rule.getFreq() == Freq.HOURLY ? HOURLY_JUMP_DAYS : DAILY_JUMP_DAYS;
                jump = jump.plusDays((long) days * rule.getInterval());
                effort.spend(jumps ? 0 : EMPTY_LONG_PERIODS);
            }
        }
        return List.of();
    }

    /** Units of effort to count occurrences up to a time, which is not done by arithmetic. */
    private long counted(LocalDateTime start, LocalDateTime to) {
        if (rule.getCount() == null || !SHORT.contains(rule.getFreq())) {
            return 0;
        }
        long periods = (rule.getFreq() == Freq.HOURLY ? ChronoUnit.HOURS : ChronoUnit.DAYS).between(start, to);
        return Math.min(rule.getCount(), periods / rule.getInterval() / PERIODS_OF_A_UNIT);
    }

    private static List<LocalDateTime> take(RecurrenceRuleIterator occurrences, LocalDateTime start, int most) {
        List<LocalDateTime> taken = new ArrayList<>();
        while (taken.size() < most && occurrences.hasNext()) {
            DateTime next = occurrences.nextDateTime();
            if (next.getYear() < start.getYear() || next.getYear() > MAX_YEAR) {
                return taken;
            }
            taken.add(LocalDateTime.of(
                    next.getYear(),
                    next.getMonth() + 1,
                    next.getDayOfMonth(),
                    next.getHours(),
                    next.getMinutes(),
                    next.getSeconds()));
        }
        return taken;
    }

    private static DateTime dateTime(LocalDateTime local) {
        return new DateTime(
                local.getYear(),
                local.getMonthValue() - 1,
                local.getDayOfMonth(),
                local.getHour(),
                local.getMinute(),
                local.getSecond());
    }
}
