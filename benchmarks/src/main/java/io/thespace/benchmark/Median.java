package io.thespace.benchmark;

import java.util.List;

/** The median of a sample. */
final class Median {

    private Median() {}

    static double of(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }
}
