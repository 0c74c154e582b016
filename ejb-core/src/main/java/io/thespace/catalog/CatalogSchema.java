package io.thespace.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.thespace.json.Json;
import io.thespace.plugin.api.FieldError;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a catalog document has to look like: {@code data/catalog.schema.json}, and that nothing is named twice. */
final class CatalogSchema {

    /** More faults than a person reads at once. */
    private static final int MAX_FAULTS = 20;

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                    resource("catalog.schema.json"),
                    SchemaValidatorsConfig.builder()
                            .locale(Locale.ENGLISH)
                            .errorMessageKeyword("errorMessage")
                            .build());

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

    /** What is wrong with a document; empty when nothing is. */
    static List<FieldError> faults(CatalogDocument document) {
        List<FieldError> faults = new ArrayList<>();
        for (ValidationMessage message : SCHEMA.validate(Json.MAPPER.valueToTree(document))) {
            faults.add(fault(message));
        }
        if (faults.isEmpty()) {
            addRepeated(document, faults);
        }
        return faults.size() > MAX_FAULTS ? List.copyOf(faults.subList(0, MAX_FAULTS)) : List.copyOf(faults);
    }

    private static FieldError fault(ValidationMessage message) {
        String path = path(message.getInstanceLocation());
        if (message.getType().equals("required")) {
            return new FieldError((path.isEmpty() ? "" : path + ".") + message.getProperty(), "is missing");
        }
        return new FieldError(path, message.getError());
    }

    private static String path(JsonNodePath location) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object element = location.getElement(i);
            if (element instanceof Integer) {
                path.append('[').append(element).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(element);
            }
        }
        return path.toString();
    }

    /** A JSON Schema cannot say that a member of objects in an array is unique. */
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
