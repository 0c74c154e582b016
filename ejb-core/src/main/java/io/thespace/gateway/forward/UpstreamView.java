package io.thespace.gateway.forward;

import jakarta.annotation.Nullable;
import java.time.Instant;

/**
 * How an upstream of a route does, as the node that answers sees it.
 *
 * @param weight its share of the requests beside the other upstreams' weights
 * @param health what its checks say: {@code up}, {@code down} after three that failed, {@code unchecked} when there was none
 * @param checkedAt when the last check was over; null before the first one
 * @param fault why the last check failed; null when it did not
 * @param restsMillis how long nothing is sent to it yet, since too many requests or checks failed; 0 when it is not left alone
 * @param underWay requests that it has now
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
