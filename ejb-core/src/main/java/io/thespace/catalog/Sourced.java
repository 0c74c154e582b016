package io.thespace.catalog;

/**
 * An entry with its source.
 *
 * @param source {@code core}, {@code plugin:} and the plugin's id, or {@code imported}
 */
record Sourced(String source, CatalogEntry entry) {

    CatalogEntryView view() {
        Classification most = entry.columns().stream()
                .map(CatalogColumn::classification)
                .max(Classification::compareTo)
                .orElse(Classification.NONE);
        return new CatalogEntryView(
                entry.name(),
                source,
                entry.kind(),
                entry.owner(),
                entry.description(),
                most,
                entry.tenantScoped(),
                entry.retention(),
                entry.columns());
    }
}
