package io.thespace.simulator;

/**
 * A budget for the evaluation of recurrence rules. A unit is about a thousand periods that are looked at for an occurrence, less
 * than a millisecond of processor time. Not for two threads.
 */
final class Effort {

    /** A budget was used up. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exceeded() {
            super("The rules take too many steps", null, false, false);
        }
    }

    private long left;

    private Effort(long units) {
        left = units;
    }

    static Effort of(long units) {
        return new Effort(units);
    }

    /** For one rule, which {@link Recurrence} bounds by itself. */
    static Effort ofOneRule() {
        return new Effort(Long.MAX_VALUE);
    }

    /** @throws Exceeded when less is left */
    void spend(long units) {
        left -= units;
        if (left < 0) {
            throw new Exceeded();
        }
    }
}
