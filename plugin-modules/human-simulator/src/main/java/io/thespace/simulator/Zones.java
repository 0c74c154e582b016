package io.thespace.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Time zones as calendars name and describe them (RFC 5545, sections 3.2.19 and 3.6.5). */
final class Zones {

    /** The number of years for which changes are written one by one. */
    private static final int YEARS = 50;

    private static final int MAX_YEAR = 9999;

    /** The days of a week. */
    private static final int DAYS = 7;

    private static final Properties WINDOWS = new Properties();

    static {
        try (InputStream names = Zones.class.getResourceAsStream("windows-zones.properties")) {
            WINDOWS.load(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Zones() {}

    /** The zone of a TZID: an IANA name, also after a prefix of its maker's, a Windows name or an offset. */
    static Optional<ZoneId> of(String tzid) {
        String name = WINDOWS.getProperty(tzid, tzid);
        while (true) {
            try {
                return Optional.of(ZoneId.of(name));
            } catch (DateTimeException e) {
                int slash = tzid.startsWith("/") ? name.indexOf('/') : -1;
                if (slash < 0) {
                    return Optional.empty();
                }
                name = name.substring(slash + 1);
            }
        }
    }

    /** The zone of an entry; empty when this JVM does not have it. */
    static Optional<ZoneId> stored(String zone) {
        try {
            return Optional.of(ZoneId.of(zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static boolean isUtc(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC);
    }

    /** The lines of a VTIMEZONE for times from a start on, not folded. */
    static List<String> describe(ZoneId zone, LocalDateTime start) {
        ZoneRules rules = zone.getRules();
        Instant from = start.minusYears(1).toInstant(ZoneOffset.UTC);
        List<String> lines = new ArrayList<>(List.of("BEGIN:VTIMEZONE", "TZID:" + zone.getId()));
        ZoneOffset before = rules.getOffset(from);
        lines.addAll(observance(rules, from, "19000101T000000", before, before, null));
        int year = start.getYear() - 1;
        for (ZoneOffsetTransition change : rules.getTransitions()) {
            if (!change.getInstant().isBefore(from)) {
                lines.addAll(observance(rules, change, null));
                year = change.getDateTimeBefore().getYear() + 1;
            }
        }
        for (ZoneOffsetTransitionRule rule : rules.getTransitionRules()) {
            ZoneOffsetTransition first = rule.createTransition(year);
            Optional<String> yearly = yearly(rule, first);
            int last = yearly.isPresent() ? year : Math.min(year + YEARS, MAX_YEAR);
            for (int each = year; each <= last; each++) {
                lines.addAll(observance(rules, rule.createTransition(each), yearly.orElse(null)));
            }
        }
        lines.add("END:VTIMEZONE");
        return lines;
    }

    private static List<String> observance(ZoneRules rules, ZoneOffsetTransition change, String rule) {
        return observance(
                rules,
                change.getInstant(),
                Recurrence.text(change.getDateTimeBefore()),
                change.getOffsetBefore(),
                change.getOffsetAfter(),
                rule);
    }

    private static List<String> observance(
            ZoneRules rules, Instant since, String start, ZoneOffset before, ZoneOffset after, String rule) {
        String kind = rules.isDaylightSavings(since) ? "DAYLIGHT" : "STANDARD";
        List<String> lines = new ArrayList<>(List.of(
                "BEGIN:" + kind, "DTSTART:" + start, "TZOFFSETFROM:" + offset(before), "TZOFFSETTO:" + offset(after)));
        if (rule != null) {
            lines.add("RRULE:" + rule);
        }
        lines.add("END:" + kind);
        return lines;
    }

    /** The rule of a change that happens each year; empty where its days lie in two months, and RFC 5545 has no word for it. */
    private static Optional<String> yearly(ZoneOffsetTransitionRule rule, ZoneOffsetTransition first) {
        LocalDateTime local = first.getDateTimeBefore();
        String month = "FREQ=YEARLY;BYMONTH=" + local.getMonthValue();
        int earliest = rule.getDayOfMonthIndicator();
        if (local.getMonth() != rule.getMonth()) {
            return Optional.empty();
        }
        if (rule.getDayOfWeek() == null) {
            return local.getDayOfMonth() == earliest
                    ? Optional.of(month + ";BYMONTHDAY=" + earliest)
                    : Optional.empty();
        }
        // A time in UTC can be on the day before or after the rule's.
        if (rule.getDayOfWeek() != local.getDayOfWeek()) {
            return Optional.empty();
        }
        String day = local.getDayOfWeek().name().substring(0, 2);
        if (earliest == -1) {
            return Optional.of(month + ";BYDAY=-1" + day);
        }
        if (earliest < 1 || earliest + DAYS - 1 > rule.getMonth().minLength()) {
            return Optional.empty();
        }
        return Optional.of(month + ";BYDAY=" + day + ";BYMONTHDAY="
                + IntStream.range(earliest, earliest + DAYS)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(",")));
    }

    private static String offset(ZoneOffset offset) {
        return offset.getTotalSeconds() == 0 ? "+0000" : offset.getId().replace(":", "");
    }
}
