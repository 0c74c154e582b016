package io.thespace.monitoring;

/**
 * The outcome of a check.
 *
 * @param finding the finding, as a sentence
 * @param threshold the threshold
 * @param advice what to do; null when the level is ok
 */
public record Judgement(Level level, String finding, String threshold, String advice) {

    /** The severity. */
    public enum Level {
        OK,
        DEGRADED,
        DOWN
    }

    static Judgement of(Level level, String finding, String threshold, String advice) {
        return new Judgement(level, finding, threshold, level == Level.OK ? null : advice);
    }
}
