package io.thespace.catalog;

import java.util.List;

/**
 * One table, or one external data set, as described by the catalog.
 *
 * @param name schema and table, for example {@code core.users}
 * @param source the origin of the entry: {@code core}, {@code plugin:} and the plugin's id, or {@code imported}
 * @param owner the responsible capability, plugin or people
 * @param classification that of its most sensitive column
 * @param tenantScoped whether each row belongs to one organization and is shown to no other
 * @param retention the retention of rows
 */
public record CatalogEntryView(
        String name,
        String source,
        DataKind kind,
        String owner,
        String description,
        Classification classification,
        boolean tenantScoped,
        String retention,
        List<CatalogColumn> columns) {

    /** For the documentation. */
    public static final CatalogEntryView EXAMPLE = new CatalogEntryView(
            CatalogEntry.EXAMPLE.name(),
            "imported",
            CatalogEntry.EXAMPLE.kind(),
            CatalogEntry.EXAMPLE.owner(),
            CatalogEntry.EXAMPLE.description(),
            Classification.PERSONAL,
            CatalogEntry.EXAMPLE.tenantScoped(),
            CatalogEntry.EXAMPLE.retention(),
            CatalogEntry.EXAMPLE.columns());
}
