package io.thespace.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import io.thespace.json.Json;
import io.thespace.json.SchemaFaults;
import io.thespace.plugin.api.FieldError;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Validates catalog documents: against {@code data/catalog.schema.json}, and for unique names. */
final class CatalogSchema {

    private static final JsonSchema SCHEMA = SchemaFaults.schema(resource("catalog.schema.json"));

    private CatalogSchema() {}

    /** A JSON file that the build puts beside this class. */
    static JsonNode resource(String name) {
        try (InputStream in = CatalogSchema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The archive was built without " + name);
            }
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("The archive's " + name + " cannot be read", e);
        }
    }

    /** The errors of a document; empty when there are none. */
    static List<FieldError> faults(CatalogDocument document) {
        List<FieldError> faults = new ArrayList<>(SchemaFaults.of(SCHEMA, Json.MAPPER.valueToTree(document)));
        if (faults.isEmpty()) {
            addRepeated(document, faults);
        }
        return List.copyOf(faults.subList(0, Math.min(faults.size(), SchemaFaults.MAX_FAULTS)));
    }

    /** Reports duplicate names: JSON Schema cannot require that a member of objects in an array is unique. */
    private static void addRepeated(CatalogDocument document, List<FieldError> faults) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < document.entries().size(); i++) {
            CatalogEntry entry = document.entries().get(i);
            if (!names.add(entry.name())) {
                faults.add(
                        new FieldError("entries[" + i + "].name", "is " + entry.name() + ", which stands there twice"));
            }
            Set<String> columns = new HashSet<>();
            for (int j = 0; j < entry.columns().size(); j++) {
                String column = entry.columns().get(j).name();
                if (!columns.add(column)) {
                    faults.add(new FieldError(
                            "entries[" + i + "].columns[" + j + "].name",
                            "is " + column + ", which stands there twice"));
                }
            }
        }
    }
}
