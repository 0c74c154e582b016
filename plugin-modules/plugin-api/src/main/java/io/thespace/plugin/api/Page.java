package io.thespace.plugin.api;

import java.util.List;
import java.util.function.Function;

/**
 * One page of an unbounded list, in keyset order: a row inserted or removed meanwhile never makes another row appear
 * twice or vanish.
 *
 * @param items at most as many as the {@link PageRequest} allows
 * @param nextKey the last item's key when there are more, else null
 */
public record Page<T>(List<T> items, String nextKey) {

    /**
     * Creates a page from a query for one row more than the limit.
     *
     * @param rows up to {@code limit + 1} rows, in keyset order
     * @param key the keyset position of a row, as text
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> key) {
        if (rows.size() <= limit) {
            return new Page<>(List.copyOf(rows), null);
        }
        List<T> items = List.copyOf(rows.subList(0, limit));
        return new Page<>(items, key.apply(items.get(limit - 1)));
    }
}
