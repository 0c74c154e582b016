package io.thespace.mirrorcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiversityTest {

    /** The example of McCarthy & Jarvis (2010): the ratio is .667 at the second "people", where the first factor ends. */
    @Test
    void countsThePapersFactor() {
        Diversity<String> factors = new Diversity<>();
        Words.of("of the people by the").forEach(factors::add);
        assertThat(factors.factors()).as("the ratio is .800").isCloseTo(0.2 / 0.28, within(1e-9));
        factors.add("people");
        assertThat(factors.factors()).isEqualTo(1);
        Words.of("for the people").forEach(factors::add);
        assertThat(factors.factors()).as("the rest has a ratio of 1").isEqualTo(1);
        assertThat(factors.wordsPerFactor()).isEqualTo(9);
    }

    /** A rest whose ratio is .887 is (1 − .887) / (1 − .720) = .404 of a factor; 340 words of 4.404 factors are 77.203. */
    @Test
    void countsThePapersPartOfAFactor() {
        Diversity<Integer> factors = new Diversity<>();
        // 47 types in 53 words are .887.
        for (int i = 0; i < 53; i++) {
            factors.add(Math.min(i, 46));
        }
        assertThat(factors.factors()).isCloseTo(0.404, within(0.001));
        assertThat(340 / 4.404).isCloseTo(77.203, within(0.001));
    }

    @Test
    void isTheMeanOfBothDirections() {
        List<String> words = Words.of("a b a c d e f g h h h h i j");
        Diversity<String> forwards = new Diversity<>();
        words.forEach(forwards::add);
        List<String> reversed = new ArrayList<>(words);
        Collections.reverse(reversed);
        Diversity<String> backwards = new Diversity<>();
        reversed.forEach(backwards::add);

        assertThat(Diversity.mtld(words))
                .isEqualTo((forwards.wordsPerFactor() + backwards.wordsPerFactor()) / 2)
                .isEqualTo(Diversity.mtld(reversed));
    }

    @Test
    void hasNoValueWhereNothingIsRepeated() {
        assertThat(Diversity.mtld(List.of())).isNull();
        assertThat(Diversity.mtld(List.of("all", "words", "differ"))).isNull();
    }
}
