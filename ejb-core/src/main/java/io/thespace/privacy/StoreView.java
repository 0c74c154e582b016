package io.thespace.privacy;

import jakarta.annotation.Nullable;

/**
 * The progress of a data request in one store.
 *
 * @param source the responsible capability or plugin
 * @param store a table or cache; {@code *} for all of the source's
 * @param found the number of rows about the person at the first search
 * @param treated the number of rows exported, erased or anonymised
 * @param remaining the number of rows at the last search; null before the erasure
 * @param outcome {@code pending}, {@code erased}, {@code exported}, {@code kept} or {@code left}
 * @param note why rows are kept or left, and what to do
 */
public record StoreView(
        String source,
        String store,
        long found,
        long treated,
        @Nullable Long remaining,
        String outcome,
        @Nullable String note) {

    /** For the documentation. */
    public static final StoreView EXAMPLE = new StoreView("mirrorcore", "mirrorcore.turn", 12, 12, 0L, "erased", null);
}
