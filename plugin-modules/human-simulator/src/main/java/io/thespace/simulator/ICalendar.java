package io.thespace.simulator;

import io.thespace.plugin.api.Rejection;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Parameter;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.TimeZoneRegistry;
import net.fortuna.ical4j.model.TimeZoneRegistryFactory;
import net.fortuna.ical4j.model.component.CalendarComponent;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.RRule;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/** Writes and reads calendars as other programs do (RFC 5545). */
final class ICalendar {

    static final int MOST_EVENTS = 200;

    private static final String SCENARIO = "X-SPACE-SCENARIO";
    private static final String USERS = "X-SPACE-USERS";
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    /** An event as it was read. */
    record Read(String uid, CalendarEntryOrder order) {}

    private ICalendar() {}

    /** A calendar with the time zones that it needs. */
    static String write(List<CalendarEntryView> entries) {
        TimeZoneRegistry zones = TimeZoneRegistryFactory.getInstance().createRegistry();
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//The Space//Human Simulator//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        Set<String> named = new TreeSet<>();
        for (CalendarEntryView entry : entries) {
            Schedule schedule =
                    new Schedule(LocalDateTime.parse(entry.startsAt()), ZoneId.of(entry.zone()), entry.rule());
            if (!schedule.inUtc() && named.add(entry.zone()) && zones.getTimeZone(entry.zone()) != null) {
                calendar.add((CalendarComponent) zones.getTimeZone(entry.zone()).getVTimeZone());
            }
        }
        for (CalendarEntryView entry : entries) {
            ZonedDateTime start = LocalDateTime.parse(entry.startsAt()).atZone(ZoneId.of(entry.zone()));
            VEvent event = new VEvent(start, entry.name());
            event.add(new Uid(entry.uid()));
            if (entry.rule() != null) {
                event.add(new RRule<LocalDateTime>(entry.rule()));
            }
            event.add(new XProperty(SCENARIO, entry.scenario()));
            event.add(new XProperty(USERS, String.valueOf(entry.users())));
            calendar.add((CalendarComponent) event);
        }
        StringWriter text = new StringWriter();
        try {
            new CalendarOutputter(false).output(calendar, text);
        } catch (IOException e) {
            throw new IllegalStateException("A calendar cannot be written", e);
        }
        return text.toString();
    }

    /**
     * The events of a calendar.
     *
     * @param scenario of events that name none; null when there is no such
     * @throws Rejection {@code ICALENDAR_INVALID}
     */
    static List<Read> read(String text, String scenario) {
        Calendar calendar;
        try {
            calendar = new CalendarBuilder().build(new StringReader(text));
        } catch (IOException | ParserException | IllegalArgumentException e) {
            throw refused("is no iCalendar: " + Judge.shortened(String.valueOf(e.getMessage())));
        }
        List<Component> events = calendar.getComponentList().getAll().stream()
                .filter(VEvent.class::isInstance)
                .map(Component.class::cast)
                .toList();
        if (events.isEmpty() || events.size() > MOST_EVENTS) {
            throw refused("has %d events; 1 to %d can be imported".formatted(events.size(), MOST_EVENTS));
        }
        List<Read> read = new ArrayList<>();
        for (Component event : events) {
            read.add(read(event, scenario));
        }
        return read;
    }

    private static Read read(Component event, String scenario) {
        String uid = value(event, Property.UID).orElseThrow(() -> refused("has an event without a UID"));
        String runs = value(event, SCENARIO)
                .or(() -> Optional.ofNullable(scenario))
                .orElseThrow(() -> refused("has the event %s without %s: say which scenario".formatted(uid, SCENARIO)));
        if (value(event, Property.RDATE).isPresent()
                || value(event, Property.EXDATE).isPresent()) {
            throw refused(
                    "has the event %s with single dates (RDATE, EXDATE), which are not known here".formatted(uid));
        }
        Property start = event.getProperty(Property.DTSTART)
                .orElseThrow(() -> refused("has the event %s without a DTSTART".formatted(uid)));
        String local = start.getValue();
        boolean utc = local.endsWith("Z");
        Optional<Parameter> zone = start.getParameter(Parameter.TZID);
        String users = value(event, USERS).orElse("1");
        if (!users.matches("[1-9]\\d{0,3}") || Integer.parseInt(users) > 1000) {
            throw refused("has the event %s with %s users; it may have 1 to 1000".formatted(uid, users));
        }
        if (uid.length() > 255 || runs.length() > 63) {
            throw refused("has an event with a UID of more than 255 or a scenario of more than 63 characters");
        }
        String name = value(event, Property.SUMMARY).orElse(runs);
        return new Read(
                uid,
                new CalendarEntryOrder(
                        name.substring(0, Math.min(200, name.length())),
                        runs,
                        Integer.valueOf(users),
                        utc ? "UTC" : zone.map(Parameter::getValue).orElse("UTC"),
                        local(uid, utc ? local.substring(0, local.length() - 1) : local),
                        value(event, Property.RRULE).orElse(null),
                        true));
    }

    private static String local(String uid, String text) {
        try {
            return LocalDateTime.parse(text.length() == 8 ? text + "T000000" : text, LOCAL)
                    .toString();
        } catch (DateTimeParseException e) {
            throw refused("has the event %s with a DTSTART that is no time".formatted(uid));
        }
    }

    private static Optional<String> value(Component event, String property) {
        Optional<Property> found = event.getProperty(property);
        return found.map(Property::getValue).filter(text -> !text.isBlank());
    }

    private static Rejection refused(String fault) {
        return Rejection.of(SimulatorError.ICALENDAR_INVALID, "icalendar", "icalendar " + fault + ".");
    }
}
