package io.thespace.memory;

import java.util.List;

/**
 * The result of a search.
 *
 * @param items the best first
 * @param lists the lists that were searched
 */
public record MemorySearchView(List<HitView> items, List<ListView> lists) {

    /** For the documentation. */
    public static final MemorySearchView EXAMPLE = new MemorySearchView(
            List.of(new HitView(
                    MemoryView.EXAMPLE,
                    0.0409836,
                    List.of(
                            new ContributionView("full_text", 1, 0.0625, 1, 0.0163934),
                            new ContributionView("trigram", 1, 1, 1, 0.0163934),
                            new ContributionView("importance", 1, 0.8, 0.25, 0.0040984),
                            new ContributionView("recency", 1, 1769860800, 0.25, 0.0040984)))),
            List.of(new ListView("full_text", 1, true, null), new ListView("trigram", 1, true, null)));

    /**
     * A memory that was found.
     *
     * @param score the sum of the contributions
     * @param contributions one of each ranking in which it has a place
     */
    public record HitView(MemoryView memory, double score, List<ContributionView> contributions) {}

    /**
     * The contribution of one ranking to a score: {@code weight / (60 + rank)}.
     *
     * @param ranking {@code full_text}, {@code trigram}, {@code embedding}, {@code importance} or {@code recency}
     * @param rank from 1; equal values share a rank
     * @param value the ranked value: cover density, word similarity, cosine similarity, importance, or the seconds
     *     since 1970 of valid_from
     */
    public record ContributionView(String ranking, int rank, double value, double weight, double contribution) {}

    /**
     * A list of candidates.
     *
     * @param ranking {@code full_text} or {@code trigram}; {@code embedding} where a model is configured
     * @param candidates the number of candidates
     * @param complete whether all matches were ranked, or the nearest ones of an unbounded list; false when there were
     *     too many, the time limit was exceeded, or the query has no vector
     * @param reason why the query has no vector; null otherwise
     */
    public record ListView(String ranking, int candidates, boolean complete, String reason) {}
}
