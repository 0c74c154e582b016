package io.thespace.mirrorcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KeyPhrasesTest {

    /** The abstract that Rose et al. (2010) take as their example, and the scores in its table of candidates. */
    @Test
    void reproducesThePapersScores() {
        KeyPhrases phrases = new KeyPhrases();
        phrases.add(
                """
                Compatibility of systems of linear constraints over the set of natural numbers.
                Criteria of compatibility of a system of linear Diophantine equations, strict inequations,
                and nonstrict inequations are considered. Upper bounds for components of a minimal set
                of solutions and algorithms of construction of minimal generating sets of solutions for all
                types of systems are given. These criteria and the corresponding algorithms for
                constructing a minimal supporting set of solutions can be used in solving all the
                considered types of systems and systems of mixed types.
                """
                        .replaceAll("(?<![.,])\n", " "));
        Map<String, Double> scores =
                phrases.top().stream().collect(Collectors.toMap(KeyPhraseView::phrase, KeyPhraseView::score));

        assertThat(phrases.top().get(0).phrase()).isEqualTo("minimal generating sets");
        Map.of(
                        "minimal generating sets", 8.7,
                        "linear diophantine equations", 8.5,
                        "minimal supporting set", 7.7,
                        "minimal set", 4.7,
                        "linear constraints", 4.5,
                        "natural numbers", 4.0,
                        "strict inequations", 4.0,
                        "nonstrict inequations", 4.0,
                        "upper bounds", 4.0)
                .forEach((phrase, score) ->
                        assertThat(scores.get(phrase)).as(phrase).isCloseTo(score, within(0.05)));
        assertThat(scores).hasSize(KeyPhrases.TOP);
    }

    @Test
    void staysBounded() {
        KeyPhrases phrases = new KeyPhrases();
        for (int i = 0; i < 3 * KeyPhrases.MAX_PHRASES; i++) {
            phrases.add("word" + i + " other");
        }
        phrases.add("x ".repeat(100_000));

        assertThat(phrases.top()).hasSize(KeyPhrases.TOP);
    }
}
