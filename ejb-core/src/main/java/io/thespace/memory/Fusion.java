package io.thespace.memory;

import io.thespace.memory.MemorySearchView.ContributionView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Fuses rankings by their ranks alone, so that values of different kinds need no common scale: reciprocal rank fusion (G. V.
 * Cormack, C. L. A. Clarke and S. Büttcher: Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
 * Methods, SIGIR 2009), with a weight for each ranking.
 */
final class Fusion {

    /** The paper's constant. */
    static final int K = 60;

    private final Map<UUID, List<ContributionView>> contributions = new HashMap<>();

    /** A result of the fusion. */
    record Fused(UUID id, double score, List<ContributionView> contributions) {}

    /** Adds a ranking of values, of which more is better; alike values share a place. */
    void add(Ranking ranking, Map<UUID, Double> values) {
        List<Map.Entry<UUID, Double>> ordered = new ArrayList<>(values.entrySet());
        ordered.sort(Map.Entry.<UUID, Double>comparingByValue().reversed());
        int rank = 0;
        Double before = null;
        for (int place = 1; place <= ordered.size(); place++) {
            Map.Entry<UUID, Double> entry = ordered.get(place - 1);
            rank = entry.getValue().equals(before) ? rank : place;
            before = entry.getValue();
            contributions
                    .computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                    .add(new ContributionView(
                            ranking.text(), rank, entry.getValue(), ranking.weight(), ranking.weight() / (K + rank)));
        }
    }

    /** The best, the newest of those that are alike first. */
    List<Fused> best(int most) {
        return contributions.entrySet().stream()
                .map(entry -> new Fused(
                        entry.getKey(),
                        entry.getValue().stream()
                                .mapToDouble(ContributionView::contribution)
                                .sum(),
                        List.copyOf(entry.getValue())))
                .sorted(Comparator.comparingDouble(Fused::score)
                        .thenComparing(fused -> fused.id().toString())
                        .reversed())
                .limit(most)
                .toList();
    }
}
