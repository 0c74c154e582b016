package io.thespace.benchmark;

import java.util.List;

/** What half of some figures are not above. */
final class Median {

    private Median() {}

    static double of(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }
}
