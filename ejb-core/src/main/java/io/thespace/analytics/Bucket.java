package io.thespace.analytics;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The size of a bucket; buckets start at full hours and days of UTC. */
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

    /** The number of buckets returned when the request has no start. */
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
