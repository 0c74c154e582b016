package io.thespace.simulator;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Events of another calendar.
 *
 * @param icalendar their text (RFC 5545)
 * @param scenario what they run when they do not say it themselves ({@code X-SPACE-SCENARIO}); null when all do
 */
public record CalendarImport(
        @NotNull @Size(min = 1, max = 900_000) String icalendar, @Size(min = 1, max = 63) String scenario) {}
