package io.thespace.simulator;

import java.time.Instant;
import java.util.List;

/**
 * How a run went, or goes.
 *
 * @param sessions how many ended
 * @param failedSessions how many of them had a step that failed
 * @param steps in the scenario's order
 * @param availability over time
 */
public record RunResult(int sessions, int failedSessions, List<StepResult> steps, List<Bucket> availability) {

    static final RunResult NONE = new RunResult(0, 0, List.of(), List.of());

    /**
     * How a step went.
     *
     * @param requests how often it was made
     * @param failures how often it was not answered as expected
     * @param mistakes how often a persona mistyped it before
     * @param slow how often its answer took longer than expected, which is a measurement and no failure
     * @param latency null when no answer came
     * @param causes of failures: the first distinct ones
     */
    public record StepResult(
            String step, long requests, long failures, long mistakes, long slow, Latency latency, List<Cause> causes) {}

    /** How long answers took, in milliseconds, with two significant digits. */
    public record Latency(double p50Millis, double p90Millis, double p95Millis, double p99Millis, double maxMillis) {}

    /**
     * Why requests failed.
     *
     * @param cause as a sentence
     * @param requestId of the first of them, to find it in the log
     */
    public record Cause(String cause, long count, String requestId) {}

    /**
     * A stretch of time.
     *
     * @param answered requests that were answered with a status below 500
     */
    public record Bucket(Instant from, int seconds, long requests, long answered) {}
}
