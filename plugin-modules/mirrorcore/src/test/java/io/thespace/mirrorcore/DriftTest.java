package io.thespace.mirrorcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DriftTest {

    /** cat 2, dog 1 against cat 1, fish 1: the cosine is 2 / (√5 · √2) = 0.632. */
    @Test
    void isOneLessTheCosine() {
        Drift drift = new Drift();
        Words.each("The cat, the dog and the cat.", drift::add);
        assertThat(drift.next()).as("the first window has none before it").isNull();
        Words.each("A cat with a fish.", drift::add);
        assertThat(drift.next()).isCloseTo(1 - 2 / Math.sqrt(10), within(1e-9));
        Words.each("fish cat", drift::add);
        assertThat(drift.next()).isCloseTo(0, within(1e-9));
        Words.each("taxes", drift::add);
        assertThat(drift.next()).isEqualTo(1);
        assertThat(drift.mean()).isCloseTo((2 - 2 / Math.sqrt(10)) / 3, within(1e-9));
    }

    @Test
    void aWindowWithoutWordsIsNotCompared() {
        Drift drift = new Drift();
        drift.add("cat");
        drift.next();
        drift.add("the");
        assertThat(drift.next()).isNull();
        assertThat(drift.mean()).isNull();
    }
}
