package io.thespace.sdk;

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
public record StoreReport(
        String source, String store, long found, long treated, Long remaining, String outcome, String note) {}
