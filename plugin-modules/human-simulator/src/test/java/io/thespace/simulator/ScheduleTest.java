package io.thespace.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Rejection;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    private static List<String> times(String start, String zone, String rule, String after, int most) {
        Schedule schedule = Schedule.of(start, zone, rule);
        List<String> times = new ArrayList<>();
        Optional<Instant> next = schedule.next(Instant.parse(after));
        while (next.isPresent() && times.size() < most) {
            times.add(next.get().toString());
            next = schedule.next(next.get());
        }
        return times;
    }

    /** RFC 5545, 3.3.5: a time that does not occur is read with the offset before the gap. */
    @Test
    void aTimeThatTheClockSkipsInSpringComesAnHourLaterAndOnce() {
        assertThat(times("2026-03-28T02:30:00", "Europe/Berlin", "FREQ=DAILY", "2026-03-27T00:00:00Z", 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
    }

    /** RFC 5545, 3.3.5: of a time that occurs twice the first is meant. */
    @Test
    void aTimeThatComesTwiceInAutumnCountsOnce() {
        assertThat(times("2026-10-24T02:30:00", "Europe/Berlin", "FREQ=DAILY", "2026-10-23T00:00:00Z", 3))
                .containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void theWallClockStaysWhenTheOffsetChanges() {
        assertThat(times("2026-10-19T08:00:00", "Europe/Berlin", "FREQ=WEEKLY;BYDAY=MO", "2026-10-18T00:00:00Z", 3))
                .containsExactly("2026-10-19T06:00:00Z", "2026-10-26T07:00:00Z", "2026-11-02T07:00:00Z");
        assertThat(times("2026-03-01T09:00:00", "America/New_York", "FREQ=WEEKLY", "2026-03-01T00:00:00Z", 2))
                .containsExactly("2026-03-01T14:00:00Z", "2026-03-08T13:00:00Z");
    }

    @Test
    void hoursAreThoseThatTheClockShows() {
        assertThat(times("2026-03-29T00:00:00", "Europe/Berlin", "FREQ=HOURLY", "2026-03-28T22:59:59Z", 4))
                .containsExactly(
                        "2026-03-28T23:00:00Z", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
    }

    @Test
    void onceIsOnce() {
        assertThat(times("2026-03-28T02:30:00", "UTC", null, "2026-03-27T00:00:00Z", 9))
                .containsExactly("2026-03-28T02:30:00Z");
        assertThat(times("2026-03-28T02:30:00", "UTC", null, "2026-03-28T02:30:00Z", 9))
                .isEmpty();
    }

    @Test
    void rulesEnd() {
        assertThat(times("2026-01-01T12:00:00", "UTC", "FREQ=DAILY;COUNT=3", "2025-01-01T00:00:00Z", 9))
                .hasSize(3);
        assertThat(times("2026-01-01T12:00:00", "UTC", "FREQ=DAILY;UNTIL=20260102T120000", "2025-01-01T00:00:00Z", 9))
                .hasSize(2);
    }

    /** Both spellings of an end that RFC 5545 and its readers know: on the wall clock, and in UTC. */
    @Test
    void anEndInUtcIsAnInstant() {
        assertThat(times(
                        "2026-01-05T09:00:00",
                        "America/New_York",
                        "FREQ=DAILY;UNTIL=20260107T140000Z",
                        "2026-01-01T00:00:00Z",
                        9))
                .containsExactly("2026-01-05T14:00:00Z", "2026-01-06T14:00:00Z", "2026-01-07T14:00:00Z");
    }

    @Test
    void whatIsRareIsFound() {
        assertThat(times("2096-02-29T12:00:00", "UTC", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", "2096-03-01T00:00:00Z", 1))
                .containsExactly("2104-02-29T12:00:00Z");
        assertThat(times("2026-12-01T00:00:00", "UTC", "FREQ=HOURLY;BYMONTH=12", "2026-12-31T23:00:00Z", 1))
                .containsExactly("2027-12-01T00:00:00Z");
        assertThat(times(
                        "2026-01-01T00:00:00", "UTC", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-01-01T00:00:00Z", 1))
                .isEmpty();
        assertThat(times(
                        "2026-01-01T00:00:00", "UTC", "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "2026-01-01T00:00:00Z", 1))
                .isEmpty();
    }

    /** Against the calendar of java.time: the Mondays of the ISO weeks. */
    @Test
    void weeksAreThoseOfIso() {
        for (int week = 1; week <= 52; week++) {
            List<String> expected = new ArrayList<>();
            for (int year = 2027; year < 2047; year++) {
                expected.add(
                        LocalDate.of(year, 7, 1)
                                        .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, week)
                                        .with(DayOfWeek.MONDAY) + "T12:00:00Z");
            }
            assertThat(times(
                            "2026-01-05T12:00:00",
                            "UTC",
                            "FREQ=YEARLY;BYDAY=MO;BYWEEKNO=" + week,
                            expected.get(0).substring(0, 11) + "00:00:00Z",
                            20))
                    .as("week %d", week)
                    .isEqualTo(expected);
        }
    }

    /** An entry that is years old costs no more than a new one. */
    @Test
    void oldRulesGoOn() {
        assertThat(times("2000-01-03T08:00:00", "UTC", "FREQ=WEEKLY", "2026-11-22T00:00:00Z", 1))
                .containsExactly("2026-11-23T08:00:00Z");
        assertThat(times("2000-01-03T08:00:00", "UTC", "FREQ=HOURLY", "2026-11-22T00:00:00Z", 1))
                .containsExactly("2026-11-22T01:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "tomorrow, UTC, FREQ=DAILY, starts_at",
        "2026-01-01T12:00:00Z, UTC, FREQ=DAILY, starts_at",
        "2026-01-01T12:00:00, Berlin, FREQ=DAILY, zone",
        "2026-01-01T12:00:00, UTC, FREQ=SECONDLY, rule",
        "2026-01-01T12:00:00, UTC, FREQ=MINUTELY;INTERVAL=90, rule",
        "2026-01-01T12:00:00, UTC, 'FREQ=DAILY;BYMINUTE=0,3,6', rule",
        "2026-01-01T12:00:00, UTC, 'FREQ=HOURLY;BYSECOND=0,1', rule",
        "2026-01-01T12:00:00, UTC, FREQ=HOURLY;COUNT=10001, rule",
        "2026-01-01T12:00:00, UTC, FREQ=YEARLY;INTERVAL=10001, rule",
        "2026-01-01T12:00:00, UTC, FREQ=YEARLY;BYWEEKNO=53, rule",
        "2026-01-01T12:00:00, UTC, FREQ=DAILY;UNTIL=20251231T000000, rule",
        "0001-01-01T12:00:00, UTC, FREQ=HOURLY, starts_at",
        "2026-01-01T12:00:00.5, UTC, FREQ=HOURLY, starts_at",
        "+10000-01-01T12:00:00, UTC, FREQ=HOURLY, starts_at",
        "2026-01-01T12:00:00, UTC, often, rule",
        "2026-01-01T12:00:00, UTC, FREQ=DAILY;BYDAY=XX, rule",
        "2026-01-01T12:00:00, UTC, FREQ=DAILY;INTERVAL=x, rule"
    })
    void whatIsNoScheduleIsRefused(String start, String zone, String rule, String field) {
        assertThatThrownBy(() -> Schedule.of(start, zone, rule)).isInstanceOfSatisfying(Rejection.class, e -> {
            assertThat(e.code()).isEqualTo(SimulatorError.SCHEDULE_INVALID);
            assertThat(e.details().get(0).field()).isEqualTo(field);
        });
    }
}
