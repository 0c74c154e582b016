package io.thespace.analytics;

import jakarta.annotation.Nullable;
import java.time.Instant;

/**
 * How long calls took in a stretch of time: what half, 95 and 99 of a hundred did not exceed.
 *
 * @param startsAt when the bucket starts
 * @param calls of how many it is known
 * @param p50Ms null without calls
 */
public record LatencyView(
        Instant startsAt, long calls, @Nullable Long p50Ms, @Nullable Long p95Ms, @Nullable Long p99Ms) {

    /** For the documentation. */
    public static final LatencyView EXAMPLE =
            new LatencyView(Instant.parse("2026-01-31T12:00:00Z"), 158, 734L, 2_108L, 4_219L);
}
