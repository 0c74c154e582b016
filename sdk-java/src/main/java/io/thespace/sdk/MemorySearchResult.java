package io.thespace.sdk;

import java.util.List;

/**
 * What a search found.
 *
 * @param items the best first
 * @param lists what was searched
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
     * What one ranking adds to a score: {@code weight / (60 + rank)}.
     *
     * @param ranking {@code full_text}, {@code trigram}, {@code importance} or {@code recency}
     * @param rank from 1; alike values share a place
     * @param value that it is ranked by: cover density, word similarity, importance, or the seconds since 1970 of valid_from
     */
    public record Contribution(String ranking, int rank, double value, double weight, double contribution) {}

    /**
     * A list of candidates.
     *
     * @param ranking {@code full_text} or {@code trigram}
     * @param candidates how many it brought
     * @param complete whether it brought all that there are; otherwise there were too many, or the time ran out
     */
    public record Candidates(String ranking, int candidates, boolean complete) {}
}
