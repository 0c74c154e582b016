package io.thespace.simulator;

import io.thespace.simulator.RunResult.Bucket;
import io.thespace.simulator.RunResult.Cause;
import io.thespace.simulator.RunResult.Latency;
import io.thespace.simulator.RunResult.StepResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Counts what happens in one run, from any number of threads, in memory that does not grow with it. */
final class Measurements {

    private static final int MAX_CAUSES = 5;
    private static final int MAX_BUCKETS = 60;
    private static final long MAX_MICROS = 3_600_000_000L;
    private static final String OTHERS = "Other causes.";

    private static final class Counted {
        final Histogram micros = new Histogram(MAX_MICROS, 2);
        final Map<String, Cause> causes = new LinkedHashMap<>();
        long requests;
        long failures;
        long mistakes;
        long slow;

        StepResult result(String step) {
            Latency latency = micros.getTotalCount() == 0
                    ? null
                    : new Latency(at(50), at(90), at(95), at(99), micros.getMaxValue() / 1000.0);
            return new StepResult(step, requests, failures, mistakes, slow, latency, List.copyOf(causes.values()));
        }

        private double at(double percentile) {
            return micros.getValueAtPercentile(percentile) / 1000.0;
        }
    }

    private final Map<String, Counted> steps = new LinkedHashMap<>();
    private final Instant start;
    private long[] requests = new long[MAX_BUCKETS];
    private long[] answered = new long[MAX_BUCKETS];
    private int seconds = 1;
    private int last = -1;
    private int sessions;
    private int failedSessions;

    Measurements(ScenarioOrder scenario, Instant start) {
        this.start = start;
        scenario.steps().forEach(step -> steps.put(step.name(), new Counted()));
    }

    /** A request was made. */
    synchronized void requested(String step, Instant at, boolean wasAnswered) {
        steps.get(step).requests++;
        int bucket = bucket(at);
        requests[bucket]++;
        answered[bucket] += wasAnswered ? 1 : 0;
    }

    /** Records a response. */
    synchronized void took(String step, long micros, boolean tooSlow) {
        Counted counted = steps.get(step);
        counted.micros.recordValue(Math.min(Math.max(micros, 0), MAX_MICROS));
        counted.slow += tooSlow ? 1 : 0;
    }

    synchronized void mistyped(String step) {
        steps.get(step).mistakes++;
    }

    /**
     * A step was not answered as expected.
     *
     * @return whether this cause was not seen before
     */
    synchronized boolean failed(String step, String cause, String requestId) {
        Counted counted = steps.get(step);
        counted.failures++;
        String key = counted.causes.containsKey(cause) || counted.causes.size() < MAX_CAUSES ? cause : OTHERS;
        Cause before = counted.causes.get(key);
        counted.causes.put(
                key,
                before == null ? new Cause(key, 1, requestId) : new Cause(key, before.count() + 1, before.requestId()));
        return before == null;
    }

    synchronized void ended(boolean passed) {
        sessions++;
        failedSessions += passed ? 0 : 1;
    }

    synchronized RunResult result() {
        List<StepResult> results = new ArrayList<>();
        steps.forEach((name, counted) -> results.add(counted.result(name)));
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            buckets.add(new Bucket(start.plusSeconds((long) i * seconds), seconds, requests[i], answered[i]));
        }
        return new RunResult(sessions, failedSessions, results, buckets);
    }

    /** The bucket of a time; buckets are merged in pairs when there would be too many. */
    private int bucket(Instant at) {
        long since = Math.max(0, at.getEpochSecond() - start.getEpochSecond());
        while (since / seconds >= MAX_BUCKETS) {
            requests = joined(requests);
            answered = joined(answered);
            seconds *= 2;
            last /= 2;
        }
        int bucket = (int) (since / seconds);
        last = Math.max(last, bucket);
        return bucket;
    }

    private static long[] joined(long[] counts) {
        long[] pairs = new long[MAX_BUCKETS];
        for (int i = 0; i < MAX_BUCKETS; i++) {
            pairs[i / 2] += counts[i];
        }
        return pairs;
    }
}
