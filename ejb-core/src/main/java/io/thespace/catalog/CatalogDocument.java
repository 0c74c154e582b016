package io.thespace.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A data catalog as a file: what the platform and its plugins ship, what an export gives and an import takes.
 *
 * @param schema where an editor finds the JSON Schema; the platform does not follow it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatalogDocument(@JsonProperty("$schema") String schema, List<CatalogEntry> entries) {

    /** For the documentation. */
    public static final CatalogDocument EXAMPLE = new CatalogDocument(null, List.of(CatalogEntry.EXAMPLE));
}
