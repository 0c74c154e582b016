package io.thespace.workflow.dsl;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;

/** Durations: ISO 8601 texts, or objects with days, hours, minutes, seconds and milliseconds. */
final class Durations {

    private static final Duration MAX_DURATION = Duration.ofDays(3650);
    private static final String[] UNITS = {"days", "hours", "minutes", "seconds", "milliseconds"};
    private static final long[] MILLISECONDS = {86_400_000, 3_600_000, 60_000, 1000, 1};

    private Durations() {}

    /** Reads a duration in ISO 8601 format; null when it is missing or rejected. */
    static String read(Place place) {
        if (place.node().isMissingNode()) {
            return null;
        }
        Duration duration = place.node().isObject() ? ofObject(place) : ofText(place);
        if (duration == null) {
            return null;
        }
        if (duration.isNegative() || duration.compareTo(MAX_DURATION) > 0) {
            place.refuse("is a duration that is negative or above ten years");
            return null;
        }
        return duration.toString();
    }

    private static Duration ofText(Place place) {
        String text = place.text();
        try {
            return text == null ? null : Duration.parse(text.toUpperCase(Locale.ROOT));
        } catch (DateTimeException e) {
            place.refuse("is a duration that is not like PT1H30M or P2D");
            return null;
        }
    }

    private static Duration ofObject(Place place) {
        place.object(UNITS);
        long milliseconds = 0;
        for (int i = 0; i < UNITS.length; i++) {
            Place unit = place.at(UNITS[i]);
            if (!unit.node().isMissingNode()) {
                if (!unit.node().isIntegralNumber()
                        || unit.node().longValue() < 0
                        || unit.node().longValue() > MAX_DURATION.toMillis() / MILLISECONDS[i]) {
                    unit.refuse("must be a whole number from 0 on, at most ten years");
                    return null;
                }
                milliseconds += unit.node().longValue() * MILLISECONDS[i];
            }
        }
        return Duration.ofMillis(milliseconds);
    }
}
