package io.thespace.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a calendar for other programs (RFC 5545). What {@link ICalendarReader} reads of it is the same calendar.
 *
 * <p>Every stored entry can be written: a rule that {@link Recurrence} refuses, or a time zone that the JVM does not know, is
 * written as it is stored. Earlier versions accepted more of them, and another program may understand them.
 */
final class ICalendar {

    static final String SCENARIO = "X-SPACE-SCENARIO";
    static final String USERS = "X-SPACE-USERS";
    static final String CANCELLED = "CANCELLED";

    /** Octets of a content line, the line break not counted (section 3.1). */
    private static final int LINE = 75;

    private final StringBuilder text = new StringBuilder();

    private ICalendar() {}

    /** A calendar with the time zones that it needs. */
    static String write(List<CalendarEntryView> entries, Instant now) {
        ICalendar calendar = new ICalendar();
        calendar.line("BEGIN:VCALENDAR");
        calendar.line("VERSION:2.0");
        calendar.line("PRODID:-//The Space//Human Simulator//EN");
        Map<ZoneId, LocalDateTime> zones = new LinkedHashMap<>();
        for (CalendarEntryView entry : entries) {
            Zones.stored(entry.zone())
                    .filter(zone -> !Zones.isUtc(zone))
                    .ifPresent(
                            zone -> zones.merge(zone, start(entry), (one, other) -> one.isBefore(other) ? one : other));
        }
        zones.forEach((zone, first) -> Zones.describe(zone, first).forEach(calendar::line));
        String stamp = "DTSTAMP:" + Recurrence.text(LocalDateTime.ofInstant(now, ZoneOffset.UTC)) + "Z";
        for (CalendarEntryView entry : entries) {
            calendar.event(entry, stamp);
        }
        calendar.line("END:VCALENDAR");
        return calendar.text.toString();
    }

    private static LocalDateTime start(CalendarEntryView entry) {
        return LocalDateTime.parse(entry.startsAt());
    }

    private void event(CalendarEntryView entry, String stamp) {
        Optional<ZoneId> zone = Zones.stored(entry.zone());
        line("BEGIN:VEVENT");
        line("UID:" + escaped(entry.uid()));
        line(stamp);
        String start = Recurrence.text(start(entry));
        line(
                zone.filter(Zones::isUtc).isPresent()
                        ? "DTSTART:" + start + "Z"
                        : "DTSTART;TZID=" + parameter(zone.map(ZoneId::getId).orElse(entry.zone())) + ":" + start);
        if (entry.rule() != null) {
            line("RRULE:" + rule(entry.rule(), zone));
        }
        line("SUMMARY:" + escaped(entry.name()));
        if (!entry.enabled()) {
            line("STATUS:" + CANCELLED);
        }
        line(SCENARIO + ":" + escaped(entry.scenario()));
        line(USERS + ":" + entry.users());
        line("END:VEVENT");
    }

    private static String rule(String stored, Optional<ZoneId> zone) {
        try {
            if (zone.isPresent()) {
                return Recurrence.of(stored).text(zone.get());
            }
        } catch (IllegalArgumentException e) {
            // A rule accepted by an earlier version.
        }
        return stored.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9=;,+-]", "");
    }

    /** As a parameter's value (section 3.2), which has no control characters and no quotation marks. */
    private static String parameter(String value) {
        String allowed = value.replaceAll("[\\p{Cntrl}\"]", "");
        return allowed.matches("[^:;,]*") ? allowed : '"' + allowed + '"';
    }

    /** As TEXT (section 3.3.11), which has no control characters but tabs. */
    private static String escaped(String value) {
        return value.replace("\r\n", "\n")
                .replaceAll("[\\x00-\\x08\\x0b-\\x1f\\x7f]", " ")
                .replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\n", "\\n");
    }

    /** Folded between characters. */
    private void line(String line) {
        int octets = 0;
        for (int point : line.codePoints().toArray()) {
            String character = Character.toString(point);
            int length = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + length > LINE) {
                text.append("\r\n ");
                octets = 1;
            }
            text.append(character);
            octets += length;
        }
        text.append("\r\n");
    }
}
