package io.thespace.catalog;

/**
 * The result of an import, as numbers of entries.
 *
 * @param added entries that the catalog did not have
 * @param changed entries that differed
 * @param unchanged entries that were equal already
 * @param removed entries imported before that the document does not contain; none unless the import replaces them
 */
public record ImportReceipt(int added, int changed, int unchanged, int removed) {

    /** For the documentation. */
    public static final ImportReceipt EXAMPLE = new ImportReceipt(1, 0, 0, 0);
}
