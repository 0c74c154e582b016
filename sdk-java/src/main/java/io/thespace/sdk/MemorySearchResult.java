package io.thespace.sdk;

import java.util.List;

/**
 * The result of a search.
 *
 * @param items the best first
 * @param lists the lists that were searched
 */
public record MemorySearchResult(List<Hit> items, List<Candidates> lists) {

    /**
     * A memory that was found.
     *
     * @param score the sum of the contributions
     * @param contributions one of each ranking in which it has a place
     */
    public record Hit(Memory memory, double score, List<Contribution> contributions) {}

    /**
     * The contribution of one ranking to a score: {@code weight / (60 + rank)}.
     *
     * @param ranking {@code full_text}, {@code trigram}, {@code importance} or {@code recency}
     * @param rank from 1; equal values share a rank
     * @param value the ranked value: cover density, word similarity, importance, or the seconds since 1970 of
     *     valid_from
     */
    public record Contribution(String ranking, int rank, double value, double weight, double contribution) {}

    /**
     * A list of candidates.
     *
     * @param ranking {@code full_text} or {@code trigram}
     * @param candidates the number of candidates
     * @param complete whether all matches were ranked; false when there were too many, or the time limit was exceeded
     */
    public record Candidates(String ranking, int candidates, boolean complete) {}
}
