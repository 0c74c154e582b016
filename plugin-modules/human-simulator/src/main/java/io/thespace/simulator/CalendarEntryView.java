package io.thespace.simulator;

import java.time.Instant;
import java.util.UUID;

/**
 * An entry of the calendar.
 *
 * @param uid its identifier in other calendars (RFC 5545, section 3.8.4.7)
 * @param nextAt when it starts the next run; null for never
 * @param lastRun the last run that it started; null without one
 * @param problem why it could not start a run when it was last due; null when it could
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
