package io.thespace.monitoring;

import java.time.Instant;
import java.util.List;

/**
 * The health of the node and all its dependencies.
 *
 * @param status {@code down} when something required is down, else {@code degraded} when anything is not ok, else {@code ok}
 * @param millis the total duration of all checks, which run concurrently
 */
public record DeepHealthView(String status, Instant checkedAt, long millis, List<CheckView> checks) {

    /** For the documentation. */
    public static final DeepHealthView EXAMPLE = new DeepHealthView(
            "degraded",
            Instant.parse("2026-01-31T12:00:00Z"),
            12,
            List.of(
                    new CheckView(
                            "database",
                            "ok",
                            true,
                            2,
                            "PostgreSQL 17.10 answered in 1 ms; the database has 12 MiB.",
                            "degraded above 100 ms",
                            null),
                    new CheckView(
                            "disk_home",
                            "degraded",
                            true,
                            0,
                            "4.1 GiB of 50.0 GiB are free where SPACE_HOME lies.",
                            "degraded below 10 % or 1.0 GiB, down below 2 % or 256 MiB",
                            "Free some space where SPACE_HOME lies, or give it a larger disk; without any, logs and"
                                    + " uploads fail.")));
}
