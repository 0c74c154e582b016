package io.thespace.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The description of one table, or of one external data set. The constraints of its members are defined in {@code
 * data/catalog.schema.json} only. What is required of its members stands in {@code data/catalog.schema.json} alone.
 *
 * @param name schema and table, for example {@code core.users}; unique
 * @param owner the responsible capability, plugin or people
 * @param tenantScoped whether each row belongs to one organization and is shown to no other
 * @param retention the retention of rows, as a sentence
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

    /** Returns this entry over {@code other}, with the columns of {@code other} that this one does not describe. */
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
