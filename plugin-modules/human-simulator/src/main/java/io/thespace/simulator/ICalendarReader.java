package io.thespace.simulator;

import io.thespace.plugin.api.Rejection;
import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.fortuna.ical4j.data.CalendarParserFactory;
import net.fortuna.ical4j.data.ContentHandler;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.data.UnfoldingReader;

/**
 * Reads the events of calendars (RFC 5545). An event is taken over with the meaning that the specification gives it, or the whole
 * text is refused with the event's UID and the property: what the simulator's calendar cannot express is never left out.
 */
final class ICalendarReader {

    private static final int MAX_UID = 255;
    private static final int MAX_SCENARIO = 63;
    private static final int MAX_NAME = 200;
    private static final int MAX_RULE = 500;
    private static final int MAX_USERS = 1000;

    /** Methods (RFC 5546) by which a calendar holds events that take place. */
    private static final Set<String> METHODS = Set.of("PUBLISH", "REQUEST");

    /** Properties that change single occurrences. */
    private static final List<String> SINGLE = List.of("RECURRENCE-ID", "RDATE", "EXDATE", "EXRULE");

    /** An event as it was read. */
    record Read(String uid, CalendarEntryOrder order) {}

    /** A content line, its name in capitals and its value as it stands. */
    private record Line(String name, Map<String, String> parameters, String value) {}

    /** A component, its name in capitals. */
    private record Node(String name, List<Line> lines, List<Node> children) {

        Node(String name) {
            this(name, new ArrayList<>(), new ArrayList<>());
        }

        List<Line> all(String property) {
            return lines.stream().filter(line -> line.name.equals(property)).toList();
        }
    }

    /** Builds the tree of a text. */
    private static final class Tree implements ContentHandler {

        private final List<Node> calendars = new ArrayList<>();
        private final Deque<Node> open = new ArrayDeque<>();
        private String property;
        private String value = "";
        private Map<String, String> parameters = new HashMap<>();

        @Override
        public void startCalendar() {
            Node calendar = new Node("VCALENDAR");
            calendars.add(calendar);
            open.push(calendar);
        }

        @Override
        public void endCalendar() {
            open.pop();
        }

        @Override
        public void startComponent(String name) {
            Node component = new Node(name.toUpperCase(Locale.ROOT));
            open.element().children.add(component);
            open.push(component);
        }

        @Override
        public void endComponent(String name) {
            open.pop();
        }

        @Override
        public void startProperty(String name) {
            property = name.toUpperCase(Locale.ROOT);
            parameters = new HashMap<>();
            value = "";
        }

        @Override
        public void propertyValue(String text) {
            value = text;
        }

        @Override
        public void parameter(String name, String text) {
            parameters.put(name.toUpperCase(Locale.ROOT), text.replaceAll("^\"|\"$", ""));
        }

        @Override
        public void endProperty(String name) {
            open.element().lines.add(new Line(property, Map.copyOf(parameters), value));
        }
    }

    private final String uid;
    private final Node event;

    private ICalendarReader(String uid, Node event) {
        this.uid = uid;
        this.event = event;
    }

    /**
     * Reads the events of all calendars in a text.
     *
     * @param scenario the default for events without one; null for none
     * @throws Rejection {@code ICALENDAR_INVALID}
     */
    static List<Read> read(String text, String scenario) {
        List<Node> calendars = parse(text);
        calendars.forEach(ICalendarReader::check);
        List<Node> events = calendars.stream()
                .flatMap(calendar -> calendar.children.stream())
                .filter(component -> component.name.equals("VEVENT"))
                .toList();
        if (events.isEmpty() || events.size() > CalendarEntries.MAX_ENTRIES) {
            throw refused("icalendar has %d events; 1 to %d can be imported."
                    .formatted(events.size(), CalendarEntries.MAX_ENTRIES));
        }
        List<Read> read = new ArrayList<>();
        Set<String> uids = new HashSet<>();
        for (Node event : events) {
            String uid = uid(event);
            if (!uids.add(uid) && event.all("RECURRENCE-ID").isEmpty()) {
                throw refused("icalendar has several events with the UID %s. Give each its own.".formatted(uid));
            }
            read.add(new ICalendarReader(uid, event).read(scenario));
        }
        return read;
    }

    private static List<Node> parse(String text) {
        Tree tree = new Tree();
        try {
            CalendarParserFactory.getInstance().get().parse(new UnfoldingReader(new StringReader(text), true), tree);
        } catch (IOException | ParserException | RuntimeException e) {
            throw refused("icalendar is not valid iCalendar: " + Judge.shortened(String.valueOf(e.getMessage())) + ".");
        }
        if (!tree.open.isEmpty()) {
            throw refused("icalendar is not valid iCalendar: a component has no end.");
        }
        return tree.calendars;
    }

    private static void check(Node calendar) {
        calendar.all("METHOD").stream()
                .map(line -> line.value.strip())
                .filter(method -> !METHODS.contains(method.toUpperCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(method -> {
                    throw refused("icalendar has METHOD:%s; only %s bring events. Events %s"
                            .formatted(
                                    method,
                                    String.join(
                                            " and ", METHODS.stream().sorted().toList()),
                                    uids(calendar)));
                });
        calendar.all("CALSCALE").stream()
                .filter(line -> !line.value.strip().equalsIgnoreCase("GREGORIAN"))
                .findFirst()
                .ifPresent(line -> {
                    throw refused("icalendar has CALSCALE:%s; only GREGORIAN is known.".formatted(line.value));
                });
    }

    private static String uids(Node calendar) {
        return String.join(
                        ", ",
                        calendar.children.stream()
                                .flatMap(component -> component.all("UID").stream())
                                .map(line -> Judge.shortened(line.value))
                                .limit(5)
                                .toList())
                + ".";
    }

    private static String uid(Node event) {
        List<Line> uids = event.all("UID");
        if (uids.size() != 1 || uids.get(0).value.isBlank()) {
            throw refused("icalendar has an event with %d UIDs; it must have one.".formatted(uids.size()));
        }
        String uid = unescaped(uids.get(0).value);
        if (uid.length() > MAX_UID) {
            throw refused("icalendar has an event with a UID of more than %d characters: %s."
                    .formatted(MAX_UID, Judge.shortened(uid)));
        }
        return uid;
    }

    private Read read(String scenario) {
        for (String property : SINGLE) {
            if (!event.all(property).isEmpty()) {
                throw refused(property, "changes single occurrences, which the calendar cannot express");
            }
        }
        boolean enabled = enabled();
        String runs = text(ICalendar.SCENARIO)
                .or(() -> Optional.ofNullable(scenario))
                .orElseThrow(() -> refused(ICalendar.SCENARIO, "is missing: say which scenario"));
        if (runs.length() > MAX_SCENARIO) {
            throw refused(ICalendar.SCENARIO, "has more than %d characters".formatted(MAX_SCENARIO));
        }
        String name = text("SUMMARY").orElse(runs);
        if (name.length() > MAX_NAME) {
            throw refused("SUMMARY", "has more than %d characters".formatted(MAX_NAME));
        }
        String users = text(ICalendar.USERS).orElse("1");
        if (!users.matches("[1-9]\\d{0,3}") || Integer.parseInt(users) > MAX_USERS) {
            throw refused(ICalendar.USERS, "is %s; it may be 1 to %d".formatted(Judge.shortened(users), MAX_USERS));
        }
        Line start = single("DTSTART").orElseThrow(() -> refused("DTSTART", "is missing"));
        String zone = zone(start);
        Schedule schedule = new Schedule(local(start), ZoneId.of(zone), rule());
        checked(schedule, zone);
        return new Read(
                uid,
                new CalendarEntryOrder(
                        name,
                        runs,
                        Integer.valueOf(users),
                        zone,
                        schedule.start().toString(),
                        schedule.rule(),
                        enabled));
    }

    private boolean enabled() {
        String status = single("STATUS")
                .map(line -> line.value.strip().toUpperCase(Locale.ROOT))
                .orElse("CONFIRMED");
        return switch (status) {
            case "CONFIRMED" -> true;
            case ICalendar.CANCELLED -> false;
            default ->
                throw refused(
                        "STATUS",
                        "is %s; only CONFIRMED and CANCELLED can be imported".formatted(Judge.shortened(status)));
        };
    }

    private String zone(Line start) {
        boolean utc = start.value.endsWith("Z");
        String tzid = start.parameters.get("TZID");
        if (!start.parameters.getOrDefault("VALUE", "DATE-TIME").equalsIgnoreCase("DATE-TIME")) {
            throw refused("DTSTART", "is a whole day, which is another time in each time zone. Give it a time");
        }
        if (utc && tzid != null) {
            throw refused("DTSTART", "is in UTC and has a TZID, too");
        }
        if (utc) {
            return "UTC";
        }
        if (tzid == null) {
            throw refused("DTSTART", "is a floating time, another one in each time zone. Give it a TZID or a Z");
        }
        return Zones.of(tzid)
                .map(ZoneId::getId)
                .orElseThrow(() -> refused(
                        "DTSTART",
                        "has the TZID %s, which names no time zone of the IANA's or of Windows"
                                .formatted(Judge.shortened(tzid))));
    }

    private LocalDateTime local(Line start) {
        try {
            return Recurrence.local(start.value.replaceFirst("Z$", ""));
        } catch (DateTimeException e) {
            throw refused("DTSTART", "is %s, which is not a date with time".formatted(Judge.shortened(start.value)));
        }
    }

    private String rule() {
        return single("RRULE")
                .map(line -> line.value.strip().toUpperCase(Locale.ROOT))
                .orElse(null);
    }

    private void checked(Schedule schedule, String zone) {
        if (schedule.rule() != null) {
            if (schedule.rule().length() > MAX_RULE) {
                throw refused("RRULE", "has more than %d characters".formatted(MAX_RULE));
            }
            try {
                schedule.checkRule();
                if (!Recurrence.of(schedule.rule()).untilInUtc()) {
                    throw refused("RRULE", "has an UNTIL that is not in UTC. Let it end with Z");
                }
            } catch (IllegalArgumentException e) {
                throw refused("RRULE", e.getMessage());
            }
        }
        try {
            Schedule.of(schedule.start().toString(), zone, schedule.rule());
        } catch (Rejection e) {
            throw refused("DTSTART", "cannot be used: " + e.getMessage().replaceAll("\\.$", ""));
        }
    }

    private Optional<String> text(String property) {
        return single(property).map(line -> unescaped(line.value)).filter(text -> !text.isBlank());
    }

    private Optional<Line> single(String property) {
        List<Line> lines = event.all(property);
        if (lines.size() > 1) {
            throw refused(property, "is there %d times".formatted(lines.size()));
        }
        return lines.stream().findFirst();
    }

    private static String unescaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                char escaped = value.charAt(i);
                text.append(escaped == 'n' || escaped == 'N' ? '\n' : escaped);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private Rejection refused(String property, String fault) {
        return refused("icalendar has the event %s, whose %s %s.".formatted(uid, property, fault));
    }

    private static Rejection refused(String message) {
        return Rejection.of(SimulatorError.ICALENDAR_INVALID, "icalendar", message);
    }
}
