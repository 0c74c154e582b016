package io.thespace.mcp.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.SchemaFaults;
import io.thespace.plugin.api.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares parts with the schemas that callers send. Such a schema may neither fetch anything nor take long: it has no references
 * and no regular expressions, and is bounded in size.
 */
public final class PartSchemas {

    /** Characters of a schema. */
    static final int MAX_SCHEMA = 16_384;

    private static final Set<String> REFUSED = Set.of(
            "$ref",
            "$dynamicRef",
            "$recursiveRef",
            "$id",
            "$anchor",
            "$dynamicAnchor",
            "$vocabulary",
            "pattern",
            "patternProperties",
            "errorMessage");

    /** Their members are schemas by name. */
    private static final Set<String> NAMED = Set.of("properties", "$defs", "definitions", "dependentSchemas");

    /** Their values are data. */
    private static final Set<String> DATA = Set.of("enum", "const", "default", "examples");

    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    private PartSchemas() {}

    /** Returns the errors of a part's data, or of its schema. */
    static List<FieldError> faults(String field, ContextPart part) {
        ObjectNode schema = part.schema();
        if (schema == null) {
            return List.of();
        }
        if (schema.toString().length() > MAX_SCHEMA) {
            return List.of(new FieldError(field + ".schema", "must have at most %d characters".formatted(MAX_SCHEMA)));
        }
        if (schema.has("$schema") && !schema.path("$schema").asText().equals(DRAFT)) {
            return List.of(new FieldError(field + ".schema", "must be of the draft " + DRAFT));
        }
        Optional<String> refused = refused(schema);
        if (refused.isPresent()) {
            return List.of(new FieldError(field + ".schema", "must not have the keyword " + refused.get()));
        }
        try {
            return SchemaFaults.of(schema, part.data()).stream()
                    .map(fault -> new FieldError(
                            field + ".data" + (fault.field().isEmpty() ? "" : "." + fault.field()), fault.message()))
                    .toList();
        } catch (com.networknt.schema.JsonSchemaException e) {
            return List.of(new FieldError(field + ".schema", "is not a JSON Schema (2020-12)"));
        }
    }

    /** The first keyword of a schema that is not taken. */
    public static Optional<String> refused(JsonNode schema) {
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String keyword = member.getKey();
            Optional<String> refused;
            if (REFUSED.contains(keyword)) {
                refused = Optional.of(keyword);
            } else if (DATA.contains(keyword)) {
                refused = Optional.empty();
            } else if (NAMED.contains(keyword)) {
                refused = member.getValue().properties().stream()
                        .flatMap(named -> refused(named.getValue()).stream())
                        .findFirst();
            } else {
                refused = within(member.getValue());
            }
            if (refused.isPresent()) {
                return refused;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> within(JsonNode value) {
        if (value.isObject()) {
            return refused(value);
        }
        for (JsonNode element : value) {
            Optional<String> refused = within(element);
            if (refused.isPresent()) {
                return refused;
            }
        }
        return Optional.empty();
    }
}
