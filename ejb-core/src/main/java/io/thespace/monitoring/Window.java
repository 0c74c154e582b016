package io.thespace.monitoring;

import java.time.Duration;
import java.time.Instant;

/** A time that ends now. */
public enum Window {
    HOUR("1h", Duration.ofHours(1)),
    DAY("24h", Duration.ofHours(24)),
    WEEK("7d", Duration.ofDays(7)),
    MONTH("30d", Duration.ofDays(30));

    private final String text;
    private final Duration length;

    Window(String text, Duration length) {
        this.text = text;
        this.length = length;
    }

    String text() {
        return text;
    }

    Instant before(Instant now) {
        return now.minus(length);
    }
}
