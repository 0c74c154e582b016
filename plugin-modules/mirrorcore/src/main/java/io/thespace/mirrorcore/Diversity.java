package io.thespace.mirrorcore;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lexical diversity by factors, in one direction. A factor ends where the type–token ratio of the words since the last one
 * falls below 0.720; what is left at the end is the part of a factor that its ratio has come down from 1:
 * (1 − ratio) / (1 − 0.720). MTLD is the number of words divided by the number of factors, and the mean of both directions.
 * Source: McCarthy, P. M. & Jarvis, S. (2010), MTLD, vocd-D, and HD-D, Behavior Research Methods 42(2), 381–392.
 *
 * @param <W> a word, or its number
 */
final class Diversity<W> {

    private static final double THRESHOLD = 0.720;

    private final Set<W> types = new HashSet<>();
    private int tokens;
    private long words;
    private long factors;

    void add(W word) {
        types.add(word);
        tokens++;
        words++;
        if ((double) types.size() / tokens < THRESHOLD) {
            factors++;
            types.clear();
            tokens = 0;
        }
    }

    /** Whole factors and the last one's part. */
    double factors() {
        double part = tokens == 0 ? 0 : (1 - (double) types.size() / tokens) / (1 - THRESHOLD);
        return factors + part;
    }

    /** Returns the words per factor in this direction; null while no word has occurred twice. */
    Double wordsPerFactor() {
        double all = factors();
        return all == 0 ? null : words / all;
    }

    /** The mean of both directions; null where one has none. */
    static Double mean(Diversity<?> forwards, Diversity<?> backwards) {
        Double there = forwards.wordsPerFactor();
        Double back = backwards.wordsPerFactor();
        return there == null || back == null ? null : (there + back) / 2;
    }

    /** Returns the MTLD of a text; null while no word has occurred twice. */
    static Double mtld(List<String> words) {
        Diversity<String> forwards = new Diversity<>();
        words.forEach(forwards::add);
        Diversity<String> backwards = new Diversity<>();
        for (int i = words.size() - 1; i >= 0; i--) {
            backwards.add(words.get(i));
        }
        return mean(forwards, backwards);
    }
}
