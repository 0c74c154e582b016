package io.thespace.analytics;

import io.thespace.plugin.api.Rejection;
import java.time.Instant;

/**
 * The period of a query.
 *
 * @param from rounded down to a bucket's start; null for an hour, a day or thirty days before the end, by the bucket
 * @param to rounded up to a bucket's end; null for now
 * @param bucket null for hours
 */
public record PeriodRequest(Instant from, Instant to, Bucket bucket) {

    /** The maximum of buckets in a response: a day in minutes, two months in hours, four years in days. */
    static final int MAX_BUCKETS = 1_500;

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** Whole buckets, in seconds of the epoch; the end is not part of it. */
    record Period(Bucket bucket, long start, long end) {

        int buckets() {
            return Math.toIntExact((end - start) / bucket.seconds());
        }
    }

    /**
     * Returns the buckets of the query.
     *
     * @throws Rejection {@code INVALID_PERIOD}, {@code TOO_MANY_BUCKETS}
     */
    Period period(Instant now) {
        Bucket length = bucket == null ? Bucket.HOUR : bucket;
        Instant last = to == null ? now : to;
        check("to", last);
        Instant first = from == null ? last.minusSeconds(length.seconds() * length.usual()) : from;
        check("from", first);
        if (!first.isBefore(last)) {
            throw Rejection.of(AnalyticsError.INVALID_PERIOD, "from", "from must be before to.");
        }
        long start = length.startOf(first);
        long end = length.startOf(last.minusNanos(1)) + length.seconds();
        if ((end - start) / length.seconds() > MAX_BUCKETS) {
            throw Rejection.of(
                    AnalyticsError.TOO_MANY_BUCKETS,
                    "bucket",
                    "That is %d buckets of a %s; an answer holds %d. Ask for less time or for longer buckets."
                            .formatted((end - start) / length.seconds(), length.text(), MAX_BUCKETS));
        }
        return new Period(length, start, end);
    }

    private static void check(String field, Instant at) {
        if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
            throw Rejection.of(
                    AnalyticsError.INVALID_PERIOD, field, "%s must be in the years 2000 to 2199.".formatted(field));
        }
    }
}
