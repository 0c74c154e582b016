package io.thespace.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a calendar for other programs (RFC 5545). What {@link ICalendarReader} reads of it is the same calendar. */
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
        entries.stream()
                .map(ICalendar::schedule)
                .filter(schedule -> !schedule.inUtc())
                .forEach(schedule -> zones.merge(
                        schedule.zone(), schedule.start(), (one, other) -> one.isBefore(other) ? one : other));
        zones.forEach((zone, first) -> Zones.describe(zone, first).forEach(calendar::line));
        String stamp = "DTSTAMP:" + Recurrence.text(LocalDateTime.ofInstant(now, ZoneOffset.UTC)) + "Z";
        for (CalendarEntryView entry : entries) {
            calendar.event(entry, stamp);
        }
        calendar.line("END:VCALENDAR");
        return calendar.text.toString();
    }

    private static Schedule schedule(CalendarEntryView entry) {
        return new Schedule(LocalDateTime.parse(entry.startsAt()), ZoneId.of(entry.zone()), entry.rule());
    }

    private void event(CalendarEntryView entry, String stamp) {
        Schedule schedule = schedule(entry);
        line("BEGIN:VEVENT");
        line("UID:" + escaped(entry.uid()));
        line(stamp);
        String start = Recurrence.text(schedule.start());
        line(
                schedule.inUtc()
                        ? "DTSTART:" + start + "Z"
                        : "DTSTART;TZID=" + parameter(schedule.zone().getId()) + ":" + start);
        if (entry.rule() != null) {
            line("RRULE:" + Recurrence.of(entry.rule()).text(schedule.zone()));
        }
        line("SUMMARY:" + escaped(entry.name()));
        if (!entry.enabled()) {
            line("STATUS:" + CANCELLED);
        }
        line(SCENARIO + ":" + escaped(entry.scenario()));
        line(USERS + ":" + entry.users());
        line("END:VEVENT");
    }

    private static String parameter(String value) {
        return value.matches("[^:;,]*") ? value : '"' + value + '"';
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
