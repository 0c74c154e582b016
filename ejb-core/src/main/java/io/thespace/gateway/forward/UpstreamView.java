package io.thespace.gateway.forward;

import jakarta.annotation.Nullable;
import java.time.Instant;

/**
 * The state of a route's upstream, as observed by the responding node.
 *
 * @param weight its share of the requests, relative to the other upstreams' weights
 * @param health the result of its checks: {@code up}, {@code down} after three failures, {@code unchecked} before the
 *     first
 * @param checkedAt when the last check ended; null before the first one
 * @param fault the failure of the last check; null when it succeeded
 * @param restsMillis the time until it gets requests again after too many failures; 0 when it gets requests
 * @param underWay the number of current requests
 */
public record UpstreamView(
        String url,
        int weight,
        String health,
        @Nullable Instant checkedAt,
        @Nullable String fault,
        long restsMillis,
        int underWay) {

    /** For the documentation. */
    public static final UpstreamView EXAMPLE = new UpstreamView(
            "https://weather-1.example.org/v2",
            3,
            "down",
            Instant.parse("2026-01-31T12:00:00Z"),
            "it answered with the status 503",
            7_250,
            0);
}
