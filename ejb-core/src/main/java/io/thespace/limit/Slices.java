package io.thespace.limit;

import io.thespace.configuration.Rate;

/**
 * The counts of one window, by slices. The slice at the window's start counts as a whole, so that no window exceeds the
 * limit. {@code slices.lua} implements the same in Redis. Not thread-safe. The slice that the window's beginning cuts
 * counts as a whole, so that no window has more than the limit. {@code slices.lua} does the same in Redis. Not for
 * several threads at once.
 */
final class Slices {

    static final int PER_WINDOW = 200;

    /** The window, and the slice that its beginning cuts. */
    private final long[] counts = new long[PER_WINDOW + 1];

    private long latest;
    private long used;
    private long oldest;

    /**
     * Advances to the current time.
     *
     * @param millis the current time, from 0 on, by a monotonic clock
     * @return the count of the window that ends now
     */
    long used(Rate rate, long millis) {
        long slice = millis / length(rate);
        for (long gone = Math.max(latest + 1, slice - PER_WINDOW); gone <= slice; gone++) {
            counts[index(gone)] = 0;
        }
        latest = slice;
        used = 0;
        oldest = slice;
        for (long one = slice; one >= slice - PER_WINDOW; one--) {
            long count = one < 0 ? 0 : counts[index(one)];
            used += count;
            oldest = count > 0 ? one : oldest;
        }
        return used;
    }

    /** Counts more, now. */
    void add(long amount) {
        counts[index(latest)] += amount;
        used += amount;
    }

    /** Returns the remaining calls, and in how many milliseconds there are more. */
    long[] left(Rate rate, long millis) {
        return new long[] {rate.calls() - used, (oldest + PER_WINDOW + 1) * length(rate) - millis};
    }

    /** The length of a slice in milliseconds; a window's length is a whole number of slices, or a little less. */
    static long length(Rate rate) {
        return (rate.seconds() * 1000L + PER_WINDOW - 1) / PER_WINDOW;
    }

    private static int index(long slice) {
        return (int) (slice % (PER_WINDOW + 1));
    }
}
