package io.thespace.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of one table, or of one external data set. What is required of its members stands in {@code
 * data/catalog.schema.json} alone.
 *
 * @param name schema and table, for example {@code core.users}; unique
 * @param owner the capability, the plugin or the people that answer for it
 * @param tenantScoped whether each row belongs to one organization and is shown to no other
 * @param retention how long rows stay, as a sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatalogEntry(
        String name,
        DataKind kind,
        String owner,
        String description,
        boolean tenantScoped,
        String retention,
        List<CatalogColumn> columns) {

    /** For the documentation. */
    public static final CatalogEntry EXAMPLE = new CatalogEntry(
            "crm.contacts",
            DataKind.EXTERNAL,
            "Sales",
            "The people at our customers.",
            false,
            "Deleted 3 years after the last contact.",
            List.of(
                    new CatalogColumn("id", "text of the CRM's", "The contact.", Classification.PERSONAL),
                    new CatalogColumn(
                            "email", "email address", "Where the contact reads their mail.", Classification.PERSONAL)));

    /** This entry in place of {@code other}, with the columns of {@code other} that this one says nothing about. */
    CatalogEntry over(CatalogEntry other) {
        Map<String, CatalogColumn> merged = new LinkedHashMap<>();
        other.columns.forEach(column -> merged.put(column.name(), column));
        columns.forEach(column -> merged.put(column.name(), column));
        return withColumns(List.copyOf(merged.values()));
    }

    /** This entry without the columns that {@code other} describes alike, so that those follow it when it changes. */
    CatalogEntry without(CatalogEntry other) {
        List<CatalogColumn> own = new ArrayList<>(columns);
        own.removeAll(other.columns);
        return withColumns(List.copyOf(own));
    }

    private CatalogEntry withColumns(List<CatalogColumn> others) {
        return new CatalogEntry(name, kind, owner, description, tenantScoped, retention, others);
    }
}
