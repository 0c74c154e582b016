package io.thespace.mirrorcore;

/**
 * A measured text.
 *
 * @param mtld null where it is undefined, or the text is not English
 */
record Measured(Counts counts, Double mtld) {

    static Measured of(String text, Models.Loaded models) {
        Counts counts = Counting.of(text, models);
        return new Measured(counts, counts.english() ? Diversity.mtld(Words.of(text)) : null);
    }

    MeasuresView view() {
        Tally tally = new Tally();
        tally.add(counts);
        return tally.view(counts.types(), mtld);
    }
}
