package io.thespace.mirrorcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentimentTest {

    /** The examples in the README of VADER itself, with the compound scores that it gives for them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VADER is smart, handsome, and funny.                                                  | 0.8316",
                "VADER is smart, handsome, and funny!                                                  | 0.8439",
                "VADER is very smart, handsome, and funny.                                             | 0.8545",
                "VADER is VERY SMART, handsome, and FUNNY.                                             | 0.9227",
                "VADER is VERY SMART, handsome, and FUNNY!!!                                           | 0.9342",
                "VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!                              | 0.9469",
                "VADER is not smart, handsome, nor funny.                                              | -0.7424",
                "The book was good.                                                                    | 0.4404",
                "At least it isn't a horrible book.                                                    | 0.431",
                "The book was only kind of good.                                                       | 0.3832",
                "The plot was good, but the characters are uncompelling and the dialog is not great.   | -0.7042",
                "Today SUX!                                                                            | -0.5461",
                "Today only kinda sux! But I'll get by, lol                                            | 0.5249",
                "Make sure you :) or :D today!                                                         | 0.8633",
                "Not bad at all                                                                        | 0.431",
            })
    void reproducesPublishedScores(String sentence, double compound) {
        assertThat(Sentiment.of(sentence)).isCloseTo(compound, within(0.00005));
    }

    @Test
    void negationTurnsOver() {
        assertThat(Sentiment.of("I am happy.")).isPositive();
        assertThat(Sentiment.of("I am not happy.")).isNegative();
        assertThat(Sentiment.of("I don\u2019t like it.")).isNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(great)", "\"great\"...", "~great^", "{[great]}", "great"})
    void punctuationAroundAWordDoesNotCount(String token) {
        assertThat(Sentiment.of("It is " + token)).isEqualTo(Sentiment.of("It is great"));
    }

    @Test
    void staysWithinItsRange() {
        assertThat(Sentiment.of("")).isZero();
        assertThat(Sentiment.of("The table has four legs.")).isZero();
        assertThat(Sentiment.of("great ".repeat(10_000))).isBetween(0.99, 1.0);
        assertThat(Sentiment.of("horrible ".repeat(10_000))).isBetween(-1.0, -0.99);
    }
}
