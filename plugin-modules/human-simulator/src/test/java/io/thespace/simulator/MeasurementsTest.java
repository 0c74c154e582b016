package io.thespace.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.Method;
import io.thespace.simulator.RunResult.Bucket;
import io.thespace.simulator.RunResult.Cause;
import io.thespace.simulator.RunResult.StepResult;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final Measurements measurements = new Measurements(
            new ScenarioOrder(
                    "x",
                    null,
                    null,
                    List.of(new Step("s", null, Method.GET, "/api/x", null, null, null, null, null, null))),
            START);

    private StepResult step() {
        return measurements.result().steps().get(0);
    }

    @Test
    void percentilesAreThoseOfTheAnswers() {
        for (int millis = 1; millis <= 100; millis++) {
            measurements.took("s", millis * 1000L, millis > 90);
        }
        assertThat(step().latency().p50Millis()).isBetween(49.5, 50.7);
        assertThat(step().latency().p99Millis()).isBetween(98.0, 100.5);
        assertThat(step().latency().maxMillis()).isBetween(99.0, 101.0);
        assertThat(step().slow()).isEqualTo(10);
    }

    @Test
    void onlyTheFirstDistinctCausesAreKept() {
        assertThat(measurements.failed("s", "One.", "r1")).isTrue();
        assertThat(measurements.failed("s", "One.", "r2")).isFalse();
        for (int i = 0; i < 10; i++) {
            measurements.failed("s", "Cause " + i, "r");
        }
        assertThat(step().failures()).isEqualTo(12);
        assertThat(step().causes()).hasSize(6).contains(new Cause("One.", 2, "r1"));
        assertThat(step().causes().stream().mapToLong(Cause::count).sum()).isEqualTo(12);
    }

    @Test
    void availabilityFitsAnyLength() {
        for (int second = 0; second < 1000; second++) {
            measurements.requested("s", START.plusSeconds(second), second % 10 != 0);
        }
        List<Bucket> buckets = measurements.result().availability();
        assertThat(buckets).hasSizeBetween(30, 60);
        assertThat(buckets.stream().mapToLong(Bucket::requests).sum()).isEqualTo(1000);
        assertThat(buckets.stream().mapToLong(Bucket::answered).sum()).isEqualTo(900);
        assertThat(buckets.get(1).from())
                .isEqualTo(START.plusSeconds(buckets.get(0).seconds()));
        assertThat(buckets.get(0).requests()).isEqualTo(buckets.get(0).seconds());
    }
}
