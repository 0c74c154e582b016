package io.thespace.simulator;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Request to import events of another calendar.
 *
 * @param icalendar their text (RFC 5545)
 * @param scenario the default scenario of events without {@code X-SPACE-SCENARIO}; null when all have one
 */
public record CalendarImport(
        @NotNull @Size(min = 1, max = 900_000) String icalendar, @Size(min = 1, max = 63) String scenario) {}
