package io.thespace.mirrorcore;

/** Rounds numbers for responses. */
final class Numbers {

    private Numbers() {}

    /** With at most four decimals; null stays null. */
    static Double rounded(Double value) {
        return value == null ? null : Math.rint(value * 10_000) / 10_000;
    }

    /** A share, with at most four decimals; null of nothing. */
    static Double ratio(long part, long whole) {
        return whole == 0 ? null : rounded((double) part / whole);
    }
}
