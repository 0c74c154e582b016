package io.thespace.sdk;

import java.time.Instant;

/**
 * The period of a query.
 *
 * @param from rounded down to a bucket's start; null for an hour, a day or thirty days before the end, by the bucket
 * @param to rounded up to a bucket's end; null for now
 * @param bucket {@code minute}, {@code hour} or {@code day}, by UTC
 */
public record Period(Instant from, Instant to, String bucket) {

    /** The last hour in minutes, the last day in hours, or the last thirty days. */
    public static Period lastBy(String bucket) {
        return new Period(null, null, bucket);
    }

    Query query() {
        return Query.NONE.with("from", from).with("to", to).with("bucket", bucket);
    }
}
