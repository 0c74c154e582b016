package io.thespace.analytics;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How long a stretch of time is; all start with the hour and the day of UTC. */
public enum Bucket {
    MINUTE(Duration.ofMinutes(1), 60),
    HOUR(Duration.ofHours(1), 24),
    DAY(Duration.ofDays(1), 30);

    private final long seconds;
    private final int usual;

    Bucket(Duration length, int usual) {
        this.seconds = length.toSeconds();
        this.usual = usual;
    }

    long seconds() {
        return seconds;
    }

    /** How many are shown to somebody who does not say since when. */
    int usual() {
        return usual;
    }

    /** The start of the one that an instant is in, in seconds of the epoch. */
    long startOf(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), seconds) * seconds;
    }

    /** Its form in the database and on the wire. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
