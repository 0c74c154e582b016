package io.thespace.privacy;

import jakarta.annotation.Nullable;

/**
 * How far a data request has come with one store.
 *
 * @param source the capability or plugin that answers for it
 * @param store a table or cache; {@code *} for all of the source's
 * @param found how many rows were about the person when it was first looked
 * @param treated how many were exported, erased or anonymised
 * @param remaining how many there were at the last look; null before an erasure was done
 * @param outcome {@code pending}, {@code erased}, {@code exported}, {@code kept} or {@code left}
 * @param note why it is kept or left, and what to do
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
