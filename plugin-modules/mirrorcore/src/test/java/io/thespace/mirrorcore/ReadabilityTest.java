package io.thespace.mirrorcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadabilityTest {

    /** The examples of Wikipedia's article "Flesch–Kincaid readability tests". */
    @ParameterizedTest
    @CsvSource({
        "The cat sat on the mat., 6, 6, 116.145",
        "'This sentence, taken as a reading passage unto itself, is being used to prove a point.', 16, 23, 68.98",
        "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature., 13, 24, 37.46",
    })
    void reproducesPublishedReadingEase(String sentence, int words, int syllables, double ease) {
        List<String> counted = Words.of(sentence);
        assertThat(counted).hasSize(words);
        assertThat(counted.stream().mapToInt(Syllables::of).sum()).isEqualTo(syllables);
        assertThat(Readability.fleschReadingEase(words, 1, syllables)).isCloseTo(ease, within(0.01));
    }

    /** Of the platypus the same article gives the grade 11.3, and of the shortest words in sentences of one −3.4. */
    @Test
    void reproducesPublishedGrades() {
        assertThat(Readability.fleschKincaidGrade(13, 1, 24)).isCloseTo(11.3, within(0.05));
        assertThat(Readability.fleschKincaidGrade(1, 1, 1)).isCloseTo(-3.40, within(0.001));
        assertThat(Readability.fleschReadingEase(1, 1, 1)).isCloseTo(121.22, within(0.001));
    }

    /** As the CMU Pronouncing Dictionary counts them. */
    @ParameterizedTest
    @CsvSource({
        "make, 1",
        "table, 2",
        "people, 2",
        "houses, 2",
        "boxes, 2",
        "wanted, 2",
        "walked, 1",
        "times, 1",
        "nation, 2",
        "social, 2",
        "radio, 3",
        "piano, 3",
        "create, 2",
        "being, 2",
        "trying, 2",
        "prism, 2",
        "don't, 1",
        "didn't, 2",
        "queen, 1",
        "people's, 2",
        "situation, 4",
        "continuous, 4",
        "idea, 3",
        "i, 1",
        "the, 1",
        "rhythm, 1",
        "well-known, 2",
        "1863, 4",
        "alice, 2",
        "universally, 5",
        "dedicated, 4",
        "liberty, 3",
        "seemed, 1",
        "once, 1",
        "changes, 2",
        "wishes, 2",
        "played, 1",
        "eyes, 1",
        "see, 1",
        "agree, 2",
        "area, 3",
        "serious, 3",
    })
    void countsSyllables(String word, int syllables) {
        assertThat(Syllables.of(word)).as(word).isEqualTo(syllables);
    }
}
