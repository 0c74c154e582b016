package io.thespace.mirrorcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class StyleMatchTest {

    /** 1 − |p − q| / (p + q + 0.0001), by hand: 1 − 2/10.0001, 1 − 0/0.0001, 1 − 5/5.0001. */
    @Test
    void matchesByHand() {
        assertThat(StyleMatch.category(6, 4)).isCloseTo(0.800002, within(1e-6));
        assertThat(StyleMatch.category(0, 0)).isEqualTo(1);
        assertThat(StyleMatch.category(5, 0)).isCloseTo(0.00002, within(1e-5));
        // Of a hundred words each: 6 and 4, 5 and 0, seven categories alike. (0.800002 + 0.00002 + 7) / 9.
        assertThat(StyleMatch.of(
                        new long[] {6, 5, 1, 1, 1, 1, 1, 1, 1}, 100, new long[] {4, 0, 1, 1, 1, 1, 1, 1, 1}, 100))
                .isCloseTo(0.866669, within(1e-6));
    }

    @RepeatedTest(50)
    void isSymmetricAndWithinItsRange() {
        Random random = new Random();
        long seed = random.nextLong();
        random.setSeed(seed);
        long words = random.nextLong(1, 1000);
        long otherWords = random.nextLong(1, 1000);
        long[] one = random.longs(9, 0, words + 1).toArray();
        long[] other = random.longs(9, 0, otherWords + 1).toArray();

        double match = StyleMatch.of(one, words, other, otherWords);
        assertThat(match).as("seed %d", seed).isBetween(0.0, 1.0);
        assertThat(StyleMatch.of(other, otherWords, one, words))
                .as("seed %d", seed)
                .isEqualTo(match);
        assertThat(StyleMatch.of(one, words, one, words)).as("seed %d", seed).isEqualTo(1);
    }
}
