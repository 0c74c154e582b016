package io.thespace.catalog;

/**
 * What an import came to, in entries.
 *
 * @param added those that the catalog did not have
 * @param changed those that it told otherwise
 * @param unchanged those that it told alike already
 * @param removed those imported before that the document does not have; none unless it was to replace them
 */
public record ImportReceipt(int added, int changed, int unchanged, int removed) {

    /** For the documentation. */
    public static final ImportReceipt EXAMPLE = new ImportReceipt(1, 0, 0, 0);
}
