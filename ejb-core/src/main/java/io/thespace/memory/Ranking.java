package io.thespace.memory;

import java.util.Locale;

/** By what memories are ranked. The first three find; the others only order what was found. */
enum Ranking {
    FULL_TEXT(1),
    TRIGRAM(1),
    /** By meaning, where a model is configured. */
    EMBEDDING(1),
    /** A quarter: it decides between memories that fit about as well. */
    IMPORTANCE(0.25),
    RECENCY(0.25);

    private final double weight;

    Ranking(double weight) {
        this.weight = weight;
    }

    double weight() {
        return weight;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
