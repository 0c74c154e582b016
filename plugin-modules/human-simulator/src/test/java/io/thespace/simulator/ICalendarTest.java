package io.thespace.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.plugin.api.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ICalendarTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private static CalendarEntryView entry(
            String uid, String name, String zone, String start, String rule, boolean enabled) {
        return new CalendarEntryView(
                UUID.randomUUID(), uid, name, "login", 3, zone, start, rule, enabled, null, null, null);
    }

    private static CalendarEntryView entry(ICalendarReader.Read read) {
        CalendarEntryOrder order = read.order();
        return new CalendarEntryView(
                UUID.randomUUID(),
                read.uid(),
                order.name(),
                order.scenario(),
                order.users(),
                order.zone(),
                order.startsAt(),
                order.rule(),
                order.starts(),
                null,
                null,
                null);
    }

    private static CalendarEntryOrder order(String name, String zone, String start, String rule, boolean enabled) {
        return new CalendarEntryOrder(name, "login", 3, zone, start, rule, enabled);
    }

    private static String event(String... lines) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//EN\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20260101T000000Z\r\n"
                + String.join("\r\n", lines)
                + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    }

    private static CalendarEntryOrder read(String... lines) {
        return ICalendarReader.read(event(lines), "login").get(0).order();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        String name = "Look; at, it \\ this\nand \ud83d\ude00".repeat(5);
        String text = ICalendar.write(
                List.of(
                        entry("a@x", name, "Europe/Berlin", "2026-03-29T02:30", "FREQ=DAILY;COUNT=3", true),
                        entry("b@x", "b", "UTC", "2026-03-29T02:30:15", null, false),
                        entry(
                                "c@x",
                                "c",
                                "Europe/Berlin",
                                "2026-03-29T02:30",
                                "FREQ=DAILY;UNTIL=20260401T020000",
                                true)),
                NOW);

        assertThat(text).startsWith("BEGIN:VCALENDAR\r\n").contains("VERSION:2.0", "DTSTAMP:20260301T000000Z");
        assertThat(text.split("BEGIN:VTIMEZONE")).hasSize(2);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(75));
        assertThat(ICalendarReader.read(text, null))
                .containsExactly(
                        new ICalendarReader.Read(
                                "a@x", order(name, "Europe/Berlin", "2026-03-29T02:30", "FREQ=DAILY;COUNT=3", true)),
                        new ICalendarReader.Read("b@x", order("b", "UTC", "2026-03-29T02:30:15", null, false)),
                        new ICalendarReader.Read(
                                "c@x",
                                order(
                                        "c",
                                        "Europe/Berlin",
                                        "2026-03-29T02:30",
                                        "FREQ=DAILY;UNTIL=20260401T000000Z",
                                        true)));
    }

    /** Export, import and export again give the same text, and the same times, whatever is stored. */
    @Test
    void exportAndImportAreAFixedPoint() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] zones = {
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "+01:00",
            "-03:30",
            "UTC+2",
            "Asia/Calcutta",
            "Asia/Kolkata",
            "Z",
            "Etc/UTC",
            "Australia/Lord_Howe",
            "America/Punta_Arenas",
            "GMT0",
            "Africa/Casablanca",
            "EST5EDT",
            "+01:00:30"
        };
        String[] rules = {
            null,
            "FREQ=DAILY;COUNT=7",
            "FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2",
            "FREQ=MONTHLY;BYDAY=-1FR",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            "FREQ=HOURLY;INTERVAL=5",
            "freq=daily;until=20301231t000000",
            "FREQ=DAILY;UNTIL=20301025T003000Z",
            "UNTIL=20301231T000000;FREQ=MONTHLY;BYSETPOS=2;BYDAY=TU,TH"
        };
        String[] texts = {
            "a",
            "; , \\ \\n",
            "line\nbreak",
            "\r\n\t x",
            "\u0007 bell",
            "\ud83d\ude00".repeat(60),
            "\u00e9",
            "END:VEVENT",
            "\""
        };
        for (int i = 0; i < 300; i++) {
            List<CalendarEntryView> entries = new ArrayList<>();
            for (int n = random.nextInt(5); n >= 0; n--) {
                LocalDateTime start = LocalDateTime.of(2026, 1, 1, 0, 0).plusSeconds(random.nextInt(4 * 365 * 86_400));
                entries.add(entry(
                        n + "@" + texts[random.nextInt(texts.length)].strip(),
                        texts[random.nextInt(texts.length)] + random.nextInt(9),
                        zones[random.nextInt(zones.length)],
                        start.toString(),
                        rules[random.nextInt(rules.length)],
                        random.nextBoolean()));
            }
            String first = ICalendar.write(entries, NOW);
            List<CalendarEntryView> imported = ICalendarReader.read(first, null).stream()
                    .map(ICalendarTest::entry)
                    .toList();
            assertThat(ICalendar.write(imported, NOW)).as("seed %d", seed).isEqualTo(first);
            for (int n = 0; n < entries.size(); n++) {
                assertThat(times(imported.get(n)))
                        .as("seed %d, %s", seed, entries.get(n))
                        .isEqualTo(times(entries.get(n)));
            }
        }
    }

    /** Rules, starts and zones that earlier versions stored, and that are refused now. */
    @Test
    void whatEarlierVersionsStoredIsWritten() {
        String[] zones = {"Europe/Berlin", "UTC", "+18:00", "UTC-01:30", "Mars/Olympus", "a\"b:c\r\nEND:VEVENT"};
        String[] starts = {
            "1900-01-01T00:00", "1900-01-01T00:00:01", "2026-03-29T02:30", "9999-12-31T23:59:59", "9998-01-01T00:00"
        };
        String[] rules = {
            "FREQ=MINUTELY",
            "FREQ=SECONDLY;INTERVAL=5",
            "FREQ=DAILY;BYMINUTE=0,3,6",
            "FREQ=DAILY;COUNT=1000000",
            "FREQ=DAILY;INTERVAL=1000000",
            "FREQ=YEARLY;BYWEEKNO=53",
            "FREQ=DAILY;UNTIL=20260401",
            "FREQ=DAILY;UNTIL=18000101T000000",
            "FREQ=DAILY;UNTIL=99991231T235959",
            "FREQ=DAILY;COUNT=3;UNTIL=20260401T000000",
            "FREQ=WEEKLY;BYDAY=1MO",
            "RSCALE=GREGORIAN;FREQ=DAILY;SKIP=OMIT",
            "FREQ=DAILY\r\nEND:VEVENT",
            ""
        };
        for (String zone : zones) {
            for (String start : starts) {
                for (String rule : rules) {
                    CalendarEntryView entry = entry("u", "a", zone, start, rule, true);
                    String text = ICalendar.write(List.of(entry), NOW);
                    assertThat(text.lines().filter("END:VEVENT"::equals)).hasSize(1);
                    try {
                        assertThat(ICalendar.write(
                                        List.of(entry(
                                                ICalendarReader.read(text, null).get(0))),
                                        NOW))
                                .isEqualTo(text);
                    } catch (Rejection e) {
                        assertThat(e.getMessage()).as("%s", entry).containsPattern(" u\\b.*(RRULE|DTSTART)");
                    }
                }
            }
        }
    }

    private static List<Instant> times(CalendarEntryView entry) {
        Schedule schedule = new Schedule(LocalDateTime.parse(entry.startsAt()), ZoneId.of(entry.zone()), entry.rule());
        List<Instant> times = new ArrayList<>();
        Instant after = Instant.parse("2025-01-01T00:00:00Z");
        while (times.size() < 10 && schedule.next(after).isPresent()) {
            after = schedule.next(after).get();
            times.add(after);
        }
        return times;
    }

    /** By lib-recur: what is described changes when the zone does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "America/Santiago",
                "Africa/Casablanca",
                "Asia/Kolkata",
                "+05:30",
                "America/Nuuk",
                "Africa/Cairo",
                "Asia/Beirut"
            })
    void zonesAreDescribedAsTheyAre(String id) {
        ZoneId zone = ZoneId.of(id);
        List<String> described = new ArrayList<>();
        LocalDateTime start = null;
        for (String line : Zones.describe(zone, LocalDateTime.of(2026, 6, 1, 0, 0))) {
            if (line.startsWith("DTSTART:")) {
                start = Recurrence.local(line.substring("DTSTART:".length()));
                described.add(start.toString());
            } else if (line.startsWith("RRULE:")) {
                Recurrence.of(line.substring("RRULE:".length()))
                        .from(start, start, 12, Effort.ofOneRule())
                        .forEach(time -> described.add(time.toString()));
            }
        }
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20 && zone.getRules().nextTransition(from) != null; i++) {
            expected.add(
                    zone.getRules().nextTransition(from).getDateTimeBefore().toString());
            from = zone.getRules().nextTransition(from).getInstant();
        }
        assertThat(described).containsAll(expected);
    }

    @Test
    void eventsOfOtherCalendarsTakeTheScenarioThatIsGiven() {
        assertThat(read("DTSTART:20260302T080000Z", "SUMMARY:Look"))
                .isEqualTo(new CalendarEntryOrder("Look", "login", 1, "UTC", "2026-03-02T08:00", null, true));
        assertThatThrownBy(() -> ICalendarReader.read(event("DTSTART:20260302T080000Z"), null))
                .hasMessageContaining("X-SPACE-SCENARIO");
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York, America/New_York",
        "W. Europe Standard Time, Europe/Berlin",
        "Hawaiian Standard Time, Pacific/Honolulu",
        "/freeassociation.sourceforge.net/Europe/Berlin, Europe/Berlin",
        "/citadel.org/20210210_1/America/Argentina/Buenos_Aires, America/Argentina/Buenos_Aires",
        "'\"+01:00\"', +01:00",
    })
    void zonesHaveTheirIanaNames(String tzid, String zone) {
        assertThat(read("DTSTART;TZID=" + tzid + ":20260302T080000").zone()).isEqualTo(zone);
    }

    @Test
    void aStartThatTheClockSkipsKeepsItsWallClock() {
        assertThat(read("DTSTART;TZID=Europe/Berlin:20260329T023000", "RRULE:FREQ=DAILY")
                        .startsAt())
                .isEqualTo("2026-03-29T02:30");
    }

    /** 09:00 in New York is 14:00 UTC in winter: the run of the last day takes place. */
    @Test
    void theEndOfARuleIsInUtc() {
        CalendarEntryOrder order =
                read("DTSTART;TZID=America/New_York:20260105T090000", "RRULE:FREQ=DAILY;UNTIL=20260107T140000Z");
        Schedule schedule = Schedule.of(order.startsAt(), order.zone(), order.rule());

        assertThat(schedule.next(Instant.parse("2026-01-06T14:00:00Z")))
                .contains(Instant.parse("2026-01-07T14:00:00Z"));
        assertThat(schedule.next(Instant.parse("2026-01-07T14:00:00Z"))).isEmpty();
    }

    @Test
    void whatIsCancelledStartsNothing() {
        assertThat(read("DTSTART:20260302T080000Z", "STATUS:CANCELLED").starts())
                .isFalse();
        assertThat(read("DTSTART:20260302T080000Z", "STATUS:CONFIRMED").starts())
                .isTrue();
    }

    @Test
    void allCalendarsOfATextAreRead() {
        String text = event("DTSTART:20260302T080000Z")
                + event("DTSTART:20260303T080000Z").replace("UID:u", "UID:v");
        assertThat(ICalendarReader.read(text, "login"))
                .extracting(ICalendarReader.Read::uid)
                .containsExactly("u", "v");
    }

    @Test
    void foldedLinesAndLineFeedsAloneAreRead() {
        String text = event("DTSTART:20260302T080000Z", "SUMMARY:Lo\r\n ok").replace("\r\n", "\n");
        assertThat(ICalendarReader.read(text, "login").get(0).order().name()).isEqualTo("Look");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no calendar",
                "",
                "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
                "BEGIN:VCALENDAR\r\nBEGIN:VEVENT",
                "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n"
            })
    void whatIsNoCalendarIsRefused(String text) {
        refused(text, "icalendar");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUMMARY:When? | DTSTART",
                "DTSTART:20260302T080000 | DTSTART",
                "DTSTART;VALUE=DATE:20260302 | DTSTART",
                "DTSTART;TZID=Europe/Berlin:20260302T080000Z | DTSTART",
                "DTSTART;TZID=Customized Time Zone:20260302T080000 | DTSTART",
                "DTSTART:20270230T080000Z | DTSTART",
                "DTSTART:20260302T246000Z | DTSTART",
                "DTSTART:00010101T000000Z | DTSTART",
                "DTSTART:20260302T080000Z;DTSTART:20260303T080000Z | DTSTART",
                "DTSTART:20260302T080000Z;EXDATE:20260309T080000Z;RRULE:FREQ=WEEKLY | EXDATE",
                "DTSTART:20260302T080000Z;RDATE:20260309T080000Z | RDATE",
                "DTSTART:20260302T080000Z;RECURRENCE-ID:20260309T080000Z | RECURRENCE-ID",
                "DTSTART:20260302T080000Z;STATUS:TENTATIVE | STATUS",
                "DTSTART:20260302T080000Z;X-SPACE-USERS:5000 | X-SPACE-USERS",
                "DTSTART:20260302T080000Z;RRULE:FREQ=WEEKLY;RRULE:FREQ=DAILY | RRULE",
            })
    void whatCannotBeExpressedIsRefused(String lines, String property) {
        refused(event(lines.split(";(?=[A-Z-]+:)")), property);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=MINUTELY",
                "FREQ=DAILY;BYMINUTE=0,3,6",
                "FREQ=DAILY;UNTIL=20260401T000000",
                "FREQ=DAILY;UNTIL=20260401",
                "FREQ=DAILY;UNTIL=20260230T000000Z",
                "FREQ=DAILY;COUNT=3;UNTIL=20260401T000000Z",
                "FREQ=DAILY;UNTIL=20250401T000000Z",
                "FREQ=WEEKLY;BYDAY=1MO",
                "FREQ=DAILY;FREQ=WEEKLY",
                "FREQ=DAILY;RSCALE=HEBREW;SKIP=OMIT",
                "FREQ=DAILY;COUNT=0",
                "often"
            })
    void rulesWithoutAMeaningAreRefused(String rule) {
        refused(event("DTSTART;TZID=Europe/Berlin:20260302T080000", "RRULE:" + rule), "RRULE");
    }

    @Test
    void cancellationsAndDuplicatesAreRefused() {
        String event = event("DTSTART:20260302T080000Z");
        refused(event.replace("VERSION:2.0", "VERSION:2.0\r\nMETHOD:CANCEL"), "METHOD:CANCEL");
        refused(event + event, "UID");
    }

    private static void refused(String text, String property) {
        assertThatThrownBy(() -> ICalendarReader.read(text, "login")).isInstanceOfSatisfying(Rejection.class, e -> {
            assertThat(e.code()).isEqualTo(SimulatorError.ICALENDAR_INVALID);
            assertThat(e.getMessage()).contains(property);
            if (text.contains("UID:u") && !property.equals("UID")) {
                assertThat(e.getMessage()).contains(" u");
            }
        });
    }
}
