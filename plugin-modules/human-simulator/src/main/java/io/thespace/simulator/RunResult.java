package io.thespace.simulator;

import java.time.Instant;
import java.util.List;

/**
 * The result of a run so far.
 *
 * @param sessions the number that ended
 * @param failedSessions the number with a failed step
 * @param steps in the scenario's order
 * @param availability over time
 */
public record RunResult(int sessions, int failedSessions, List<StepResult> steps, List<Bucket> availability) {

    static final RunResult NONE = new RunResult(0, 0, List.of(), List.of());

    /**
     * The result of a step.
     *
     * @param requests the number of requests
     * @param failures the number of unexpected responses
     * @param mistakes the number of mistyped requests before it
     * @param slow the number of responses that took longer than expected, which does not count as a failure
     * @param latency null without a response
     * @param causes of failures: the first distinct ones
     */
    public record StepResult(
            String step, long requests, long failures, long mistakes, long slow, Latency latency, List<Cause> causes) {}

    /** The latency of responses, in milliseconds, with two significant digits. */
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
