package io.thespace.simulator;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Runs to start at certain times.
 *
 * @param users of each run; 1 when null
 * @param zone an IANA time zone, for example {@code Europe/Berlin}
 * @param startsAt the first time on that zone's wall clock, for example {@code 2026-03-29T08:00:00}
 * @param rule a recurrence rule (RFC 5545); null for once
 * @param enabled whether it starts runs; yes when null
 */
public record CalendarEntryOrder(
        @NotNull @Size(min = 1, max = 200) String name,
        @NotNull @Size(min = 1, max = 63) String scenario,
        @Min(1) @Max(1000) Integer users,
        @NotNull @Size(max = 60) String zone,
        @NotNull @Size(max = 30) String startsAt,
        @Size(max = 500) String rule,
        Boolean enabled) {

    boolean starts() {
        return enabled == null || enabled;
    }
}
