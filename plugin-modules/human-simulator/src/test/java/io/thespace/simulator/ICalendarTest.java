package io.thespace.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Rejection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ICalendarTest {

    private static CalendarEntryView entry(String uid, String zone, String rule) {
        return new CalendarEntryView(
                UUID.randomUUID(),
                uid,
                "Look; at, it",
                "login",
                3,
                zone,
                "2026-03-29T02:30",
                rule,
                true,
                null,
                null,
                null);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        String text = ICalendar.write(List.of(
                entry("a@x", "Europe/Berlin", "FREQ=DAILY;COUNT=3"),
                entry("b@x", "UTC", null),
                entry("c@x", "Europe/Berlin", null)));

        assertThat(text)
                .startsWith("BEGIN:VCALENDAR\r\n")
                .contains("BEGIN:VTIMEZONE")
                .contains("VERSION:2.0");
        assertThat(text.split("BEGIN:VTIMEZONE")).hasSize(2);
        assertThat(ICalendar.read(text, null))
                .containsExactly(
                        new ICalendar.Read("a@x", order("Europe/Berlin", "FREQ=DAILY;COUNT=3", "2026-03-29T03:30")),
                        new ICalendar.Read("b@x", order("UTC", null, "2026-03-29T02:30")),
                        new ICalendar.Read("c@x", order("Europe/Berlin", null, "2026-03-29T03:30")));
    }

    private static CalendarEntryOrder order(String zone, String rule, String start) {
        return new CalendarEntryOrder("Look; at, it", "login", 3, zone, start, rule, true);
    }

    private static String event(String... lines) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//EN\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20260101T000000Z\r\n"
                + String.join("\r\n", lines)
                + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    }

    @Test
    void eventsOfOtherCalendarsTakeTheScenarioThatIsGiven() {
        assertThat(ICalendar.read(event("DTSTART:20260302T080000Z", "SUMMARY:Look"), "login"))
                .containsExactly(new ICalendar.Read(
                        "u", new CalendarEntryOrder("Look", "login", 1, "UTC", "2026-03-02T08:00", null, true)));
        assertThat(ICalendar.read(event("DTSTART;TZID=America/New_York:20260302T080000"), "login")
                        .get(0)
                        .order()
                        .zone())
                .isEqualTo("America/New_York");
        assertThat(ICalendar.read(event("DTSTART;VALUE=DATE:20260302"), "login")
                        .get(0)
                        .order()
                        .startsAt())
                .isEqualTo("2026-03-02T00:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no calendar", "", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT"})
    void whatIsNoCalendarIsRefused(String text) {
        refused(text);
    }

    @Test
    void eventsThatCannotBeRunAreRefused() {
        refused(event("SUMMARY:When?"));
        refused(event("DTSTART:20260302T080000Z", "EXDATE:20260309T080000Z", "RRULE:FREQ=WEEKLY"));
        refused(event("DTSTART:20260302T080000Z", "X-SPACE-USERS:5000"));
        assertThatThrownBy(() -> ICalendar.read(event("DTSTART:20260302T080000Z"), null))
                .hasMessageContaining("X-SPACE-SCENARIO");
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> ICalendar.read(text, "login"))
                .isInstanceOfSatisfying(
                        Rejection.class, e -> assertThat(e.code()).isEqualTo(SimulatorError.ICALENDAR_INVALID));
    }
}
