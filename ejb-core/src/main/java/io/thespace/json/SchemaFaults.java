package io.thespace.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.thespace.plugin.api.FieldError;
import java.util.List;
import java.util.Locale;

/** Compares JSON with a JSON Schema (draft 2020-12). */
public final class SchemaFaults {

    /** More faults than a person reads at once. */
    public static final int MAX_FAULTS = 20;

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private SchemaFaults() {}

    /** A schema that is ready for use; {@code errorMessage} in it replaces the usual messages. */
    public static JsonSchema schema(JsonNode schema) {
        return FACTORY.getSchema(
                schema,
                SchemaValidatorsConfig.builder()
                        .locale(Locale.ENGLISH)
                        .errorMessageKeyword("errorMessage")
                        .build());
    }

    /** As {@link #of(JsonSchema, JsonNode)}, for a schema that is used once. */
    public static List<FieldError> of(JsonNode schema, JsonNode value) {
        return of(schema(schema), value);
    }

    /**
     * Returns the errors of a value, each with its location such as {@code entries[0].name}, up to {@link #MAX_FAULTS}.
     */
    public static List<FieldError> of(JsonSchema schema, JsonNode value) {
        return schema.validate(value).stream()
                .limit(MAX_FAULTS)
                .map(SchemaFaults::fault)
                .toList();
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
}
