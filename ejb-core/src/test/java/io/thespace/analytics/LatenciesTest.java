package io.thespace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The histogram's promise, for every length that a call may have. */
class LatenciesTest {

    @Test
    void noBinIsFartherOffThanPromised() {
        int before = 1;
        for (int millis = 1; millis <= 3_600_000; millis++) {
            int bin = Latencies.bin(millis);
            assertThat(bin).isGreaterThanOrEqualTo(before);
            if (Math.abs(Latencies.millis(bin) - millis) > millis * Latencies.ERROR + 0.5) {
                throw new AssertionError(millis + " ms are told as " + Latencies.millis(bin));
            }
            before = bin;
        }
        assertThat(before).isLessThan(200);
        assertThat(Latencies.bin(0)).isEqualTo(1);
    }

    @Test
    void percentilesCountFromTheShortest() {
        Latencies latencies = new Latencies();
        assertThat(latencies.percentile(0.5)).isNull();
        latencies.add(Latencies.bin(1000), 1);
        latencies.add(Latencies.bin(1), 98);
        latencies.add(Latencies.bin(100), 1);

        assertThat(latencies.total()).isEqualTo(100);
        assertThat(latencies.percentile(0.5)).isEqualTo(1);
        assertThat(latencies.percentile(0.98)).isEqualTo(1);
        assertThat(latencies.percentile(0.99)).isBetween(95L, 105L);
        assertThat(latencies.percentile(1)).isBetween(950L, 1050L);
    }
}
