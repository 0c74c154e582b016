package io.thespace.sdk;

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
public record StoreReport(
        String source, String store, long found, long treated, Long remaining, String outcome, String note) {}
