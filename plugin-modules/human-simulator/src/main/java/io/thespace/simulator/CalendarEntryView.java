package io.thespace.simulator;

import java.time.Instant;
import java.util.UUID;

/**
 * An entry of the calendar.
 *
 * @param uid how other calendars know it (RFC 5545, section 3.8.4.7)
 * @param nextAt when it starts the next run; null when it will not
 * @param lastRun the run that it started last; null when there was none
 * @param problem why it could not start a run when it was due last; null when it could
 */
public record CalendarEntryView(
        UUID entryId,
        String uid,
        String name,
        String scenario,
        int users,
        String zone,
        String startsAt,
        String rule,
        boolean enabled,
        Instant nextAt,
        UUID lastRun,
        String problem) {}
