package io.thespace.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Rejection;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The times of schedules, in particular at clock changes. */
class TimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static String next(String cron, ZoneId zone, String local, int count) {
        Instant from = LocalDateTime.parse(local).atZone(zone).toInstant();
        return Times.of(cron, zone).next(from, count).stream()
                .map(time -> time.atZone(zone))
                .map(time -> time.toLocalDateTime() + "" + time.getOffset())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Clocks go from 02:00 to 03:00.
                "30 2 * * *|2026-03-28T12:00|2026-03-29T03:00+02:00 2026-03-30T02:30+02:00",
                "0 3 * * *|2026-03-28T12:00|2026-03-29T03:00+02:00 2026-03-30T03:00+02:00",
                "0,30 2 * * *|2026-03-28T12:00|2026-03-29T03:00+02:00 2026-03-30T02:00+02:00",
                "30 * * * *|2026-03-29T01:00|2026-03-29T01:30+01:00 2026-03-29T03:30+02:00",
                "*/30 */2 * * *|2026-03-29T00:00|2026-03-29T00:30+01:00 2026-03-29T04:00+02:00",
                // Clocks go from 03:00 back to 02:00.
                "30 2 * * *|2026-10-24T12:00|2026-10-25T02:30+02:00 2026-10-26T02:30+01:00",
                "30 * * * *|2026-10-25T01:00|2026-10-25T01:30+02:00 2026-10-25T02:30+02:00 2026-10-25T02:30+01:00",
                "*/30 2 * * *|2026-10-25T01:00|2026-10-25T02:00+02:00 2026-10-25T02:30+02:00 2026-10-25T02:00+01:00",
                // A day of the month or of the week.
                "0 0 1 * 1|2026-01-01T00:30|2026-01-05T00:00+01:00 2026-01-12T00:00+01:00",
                "0 0 29 2 *|2026-01-01T00:00|2028-02-29T00:00+01:00 2032-02-29T00:00+01:00",
                "0 8 * * MON-FRI|2026-01-02T09:00|2026-01-05T08:00+01:00 2026-01-06T08:00+01:00"
            })
    void comesWhenExpected(String cron, String from, String expected) {
        assertThat(next(cron, BERLIN, from, expected.split(" ").length)).isEqualTo(expected);
    }

    @Test
    void aTimeInNoDaylightSavingIsEachDay() {
        assertThat(next("30 2 * * *", ZoneId.of("UTC"), "2026-03-28T12:00", 2))
                .isEqualTo("2026-03-29T02:30Z 2026-03-30T02:30Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"* * * *", "* * * * * *", "60 * * * *", "@daily", "0 0 L * *", "*/0 * * * *", "", "0 0 30 2 *"})
    void whatIsNoTimeIsRefused(String cron) {
        assertThatThrownBy(() -> Times.of(cron, BERLIN))
                .isInstanceOf(Rejection.class)
                .hasMessageStartingWith("cron must ");
    }
}
