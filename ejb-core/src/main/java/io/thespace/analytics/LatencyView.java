package io.thespace.analytics;

import jakarta.annotation.Nullable;
import java.time.Instant;

/**
 * Latencies of calls in a bucket: the 50th, 95th and 99th percentile.
 *
 * @param startsAt when the bucket starts
 * @param calls the number of calls with a known latency
 * @param p50Ms null without calls
 */
public record LatencyView(
        Instant startsAt, long calls, @Nullable Long p50Ms, @Nullable Long p95Ms, @Nullable Long p99Ms) {

    /** For the documentation. */
    public static final LatencyView EXAMPLE =
            new LatencyView(Instant.parse("2026-01-31T12:00:00Z"), 158, 734L, 2_108L, 4_219L);
}
