package io.thespace.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A data catalog as a file: the format that the platform and its plugins ship, an export returns and an import takes.
 *
 * @param schema the URL of the JSON Schema for editors; the platform does not load it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatalogDocument(@JsonProperty("$schema") String schema, List<CatalogEntry> entries) {

    /** For the documentation. */
    public static final CatalogDocument EXAMPLE = new CatalogDocument(null, List.of(CatalogEntry.EXAMPLE));
}
