package io.thespace.analytics;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A histogram of milliseconds. Bin 1 is for 0 and 1; each further bin b for what is above GROWTH^(b-2) and up to
 * GROWTH^(b-1). A bin is represented by 2 GROWTH^(b-1) / (GROWTH + 1), whose relative error is at most {@link #ERROR}
 * for all its values.
 */
final class Latencies {

    /** The maximum relative error of a percentile; rounding adds half a millisecond. */
    static final double ERROR = 0.05;

    /** The bin of calls whose latency was not measured. */
    static final int UNKNOWN = 0;

    private static final double GROWTH = (1 + ERROR) / (1 - ERROR);

    private final NavigableMap<Integer, Long> counts = new TreeMap<>();
    private long total;

    /** The bin of a length. */
    static int bin(int millis) {
        return millis <= 1 ? 1 : 1 + (int) Math.ceil(Math.log(millis) / Math.log(GROWTH));
    }

    /** The value that represents a bin, in milliseconds. */
    static long millis(int bin) {
        return bin <= 1 ? 1 : Math.round(2 * Math.pow(GROWTH, bin - 1) / (GROWTH + 1));
    }

    void add(int bin, long count) {
        counts.merge(bin, count, Long::sum);
        total += count;
    }

    long total() {
        return total;
    }

    /**
     * The least length that this part of all does not exceed.
     *
     * @param part for example 0.95
     * @return milliseconds; null when there are none
     */
    Long percentile(double part) {
        long wanted = (long) Math.ceil(part * total);
        long seen = 0;
        for (var bin : counts.entrySet()) {
            seen += bin.getValue();
            if (seen >= wanted) {
                return millis(bin.getKey());
            }
        }
        return null;
    }
}
