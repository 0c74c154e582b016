package io.thespace.mirrorcore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Key phrases by RAKE: function words and punctuation cut a text into candidate phrases; a word's score is its degree (the
 * lengths of the candidates it stands in, summed) divided by its frequency, a phrase's the sum of its words'. A score is 1 or
 * more and grows with the length of phrases, so scores of different texts do not compare. Source: Rose, S., Engel, D.,
 * Cramer, N. & Cowley, W. (2010), Automatic keyword extraction from individual documents, in Text Mining: Applications and
 * Theory, 1–20.
 *
 * <p>Memory is bounded: candidates longer than four words are left out, and after the first {@value #MAX_PHRASES} different
 * ones only those already known are counted on.
 */
final class KeyPhrases implements Words.Sink {

    /** The number of key phrases. */
    static final int TOP = 10;

    static final int MAX_PHRASES = 20_000;
    private static final int MAX_WORDS = 4;

    private record Score(long degree, long frequency) {
        Score and(int length) {
            return new Score(degree + length, frequency + 1);
        }

        double value() {
            return (double) degree / frequency;
        }
    }

    private final Map<String, Score> words = new HashMap<>();
    private final Set<List<String>> phrases = new LinkedHashSet<>();
    private final List<String> current = new ArrayList<>();
    private int length;

    @Override
    public void word(String word) {
        if (Lexicon.isFunctionWord(word) || Character.isDigit(word.charAt(0))) {
            boundary();
            return;
        }
        length++;
        if (length <= MAX_WORDS) {
            current.add(word);
        }
    }

    @Override
    public void boundary() {
        if (length > 0 && length <= MAX_WORDS) {
            List<String> phrase = List.copyOf(current);
            if (phrases.size() < MAX_PHRASES || phrases.contains(phrase)) {
                phrases.add(phrase);
                for (String word : phrase) {
                    words.merge(word, new Score(phrase.size(), 1), (score, one) -> score.and(phrase.size()));
                }
            }
        }
        current.clear();
        length = 0;
    }

    void add(String text) {
        Words.each(text, this);
        boundary();
    }

    /** The phrases of the highest score, at most {@value #TOP}. */
    List<KeyPhraseView> top() {
        return phrases.stream()
                .map(phrase -> new KeyPhraseView(
                        String.join(" ", phrase),
                        Numbers.rounded(phrase.stream()
                                .mapToDouble(word -> words.get(word).value())
                                .sum())))
                .sorted(Comparator.comparing(KeyPhraseView::score).reversed())
                .limit(TOP)
                .toList();
    }
}
