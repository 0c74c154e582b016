package io.thespace.limit;

import io.thespace.configuration.Rate;

/**
 * The calls of one caller in one window, by slices of it. The slice that the window's beginning cuts counts as a whole, so
 * that no window has more than the limit. {@code slices.lua} does the same in Redis.
 */
final class Slices {

    static final int PER_WINDOW = 200;

    /** The window, and the slice that its beginning cuts. */
    private final int[] counts = new int[PER_WINDOW + 1];

    private long latest;

    /**
     * Counts a call, if there is room for it.
     *
     * @param millis now, from 0 on, by a clock that never goes back
     * @return whether there was room, how many more there is room for, and in how many milliseconds there is more room
     */
    synchronized long[] take(Rate rate, long millis) {
        long length = length(rate);
        long slice = millis / length;
        for (long gone = Math.max(latest + 1, slice - PER_WINDOW); gone <= slice; gone++) {
            counts[index(gone)] = 0;
        }
        latest = slice;
        int used = 0;
        long oldest = slice;
        for (long one = slice; one >= slice - PER_WINDOW; one--) {
            int count = one < 0 ? 0 : counts[index(one)];
            used += count;
            oldest = count > 0 ? one : oldest;
        }
        boolean room = used < rate.calls();
        if (room) {
            counts[index(slice)]++;
            used++;
        }
        return new long[] {room ? 1 : 0, rate.calls() - used, (oldest + PER_WINDOW + 1) * length - millis};
    }

    /** How long a slice is, in milliseconds; a window's length is a whole number of them, or a little less. */
    static long length(Rate rate) {
        return (rate.seconds() * 1000L + PER_WINDOW - 1) / PER_WINDOW;
    }

    private static int index(long slice) {
        return (int) (slice % (PER_WINDOW + 1));
    }
}
