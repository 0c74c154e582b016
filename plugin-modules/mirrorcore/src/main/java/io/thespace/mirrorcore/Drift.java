package io.thespace.mirrorcore;

import java.util.HashMap;
import java.util.Map;

/**
 * Topic drift: 1 − the cosine of the term-frequency vectors of two successive windows of a conversation, over words
 * that are not function words. 0 where both use the same words equally often, 1 where they share none. The cosine of
 * term vectors is that of Salton, G., Wong, A. & Yang, C. S. (1975), A vector space model for automatic indexing,
 * Communications of the ACM 18(11), 613–620; comparing successive windows in this way is the method of Hearst, M. A.
 * (1997), TextTiling, Computational Linguistics 23(1), 33–64, for detecting topic changes.
 */
final class Drift {

    private Map<String, Integer> before = Map.of();
    private Map<String, Integer> current = new HashMap<>();
    private double sum;
    private int steps;

    void add(String word) {
        if (!Lexicon.isFunctionWord(word)) {
            current.merge(word, 1, Integer::sum);
        }
    }

    /** Ends a window; its drift from the one before, null where one of both has no words. */
    Double next() {
        Double drift = before.isEmpty() || current.isEmpty() ? null : between(before, current);
        before = current;
        current = new HashMap<>();
        if (drift != null) {
            sum += drift;
            steps++;
        }
        return drift;
    }

    /** The mean over all windows so far; null where no two could be compared. */
    Double mean() {
        return steps == 0 ? null : sum / steps;
    }

    static double between(Map<String, Integer> one, Map<String, Integer> other) {
        double product = 0;
        for (Map.Entry<String, Integer> entry : one.entrySet()) {
            product += (double) entry.getValue() * other.getOrDefault(entry.getKey(), 0);
        }
        return Math.max(0, 1 - product / (length(one) * length(other)));
    }

    private static double length(Map<String, Integer> vector) {
        return Math.sqrt(vector.values().stream()
                .mapToDouble(count -> (double) count * count)
                .sum());
    }
}
