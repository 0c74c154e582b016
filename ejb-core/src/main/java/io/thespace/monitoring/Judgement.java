package io.thespace.monitoring;

/**
 * What a check came to.
 *
 * @param finding what was found, as a sentence
 * @param threshold what it was held against
 * @param advice what to do; null when all is well
 */
public record Judgement(Level level, String finding, String threshold, String advice) {

    /** How bad it is. */
    public enum Level {
        OK,
        DEGRADED,
        DOWN
    }

    static Judgement of(Level level, String finding, String threshold, String advice) {
        return new Judgement(level, finding, threshold, level == Level.OK ? null : advice);
    }
}
