package io.thespace.dashboard.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The TypeScript of OpenAPI documents: a type for each schema and operation, and what each operation needs. */
final class ApiTypes {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A document's operations, by method and path. */
    private record Operation(String namespace, JsonNode document, JsonNode declared) {}

    private final Map<String, JsonNode> documents = new TreeMap<>();
    private final Map<String, Operation> operations = new TreeMap<>();

    /**
     * Adds a document.
     *
     * @param name of the document, for example {@code api}
     */
    void add(String name, JsonNode document) {
        String namespace = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        documents.put(namespace, document);
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (method.getValue().has("responses")) {
                        operations.put(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                new Operation(namespace, document, method.getValue()));
                    }
                }));
    }

    /** A module of types only. */
    String types() {
        StringBuilder text = new StringBuilder("// Generated from the OpenAPI documents.\n\n");
        documents.forEach((namespace, document) -> {
            text.append("export namespace ").append(namespace).append(" {\n");
            document.path("components").path("schemas").properties().forEach(schema -> text.append("  export type ")
                    .append(schema.getKey())
                    .append(" = ")
                    .append(type("", schema.getValue()))
                    .append(";\n"));
            text.append("}\n\n");
        });
        text.append(
                "/** What each operation takes and answers, by method and path. */\nexport interface Operations {\n");
        operations.forEach((name, operation) -> text.append("  '")
                .append(name)
                .append("': {path: ")
                .append(parameters(operation, "path"))
                .append("; query: ")
                .append(parameters(operation, "query"))
                .append("; body: ")
                .append(body(operation))
                .append("; answer: ")
                .append(answer(operation))
                .append("};\n"));
        return text.append("}\n").toString();
    }

    /** For each operation the least role and the permission of the management API, which is null where none is needed. */
    String needs() {
        Map<String, String[]> needs = new LinkedHashMap<>();
        operations.forEach((name, operation) -> {
            if (operation.declared.has("x-least-role")) {
                JsonNode permission = operation.declared.path("x-permission");
                needs.put(name, new String[] {
                    operation.declared.path("x-least-role").asText(),
                    permission.isTextual() ? permission.asText() : null
                });
            }
        });
        return "// Generated from the OpenAPI documents.\n\nexport const needs: Record<string, [string, string | null]> = "
                + MAPPER.valueToTree(needs) + ";\n";
    }

    /** For each operation with a JSON body its summary and the body's schema, without references. */
    JsonNode forms() {
        ObjectNode forms = MAPPER.createObjectNode();
        operations.forEach((name, operation) -> {
            JsonNode schema = operation
                    .declared
                    .path("requestBody")
                    .path("content")
                    .path("application/json")
                    .path("schema");
            if (!schema.isMissingNode()) {
                forms.putObject(name)
                        .put("summary", operation.declared.path("summary").asText())
                        .set("schema", resolved(operation.document, schema, 0));
            }
        });
        return forms;
    }

    private static JsonNode resolved(JsonNode document, JsonNode schema, int depth) {
        if (schema.has("$ref")) {
            return depth > 5 ? MAPPER.createObjectNode() : resolved(document, target(document, schema), depth + 1);
        }
        ObjectNode copy = schema.deepCopy();
        JsonNode properties = schema.path("properties");
        if (properties.isObject()) {
            ObjectNode all = copy.putObject("properties");
            properties
                    .properties()
                    .forEach(one -> all.set(one.getKey(), resolved(document, one.getValue(), depth + 1)));
        }
        if (schema.path("items").isObject()) {
            copy.set("items", resolved(document, schema.path("items"), depth + 1));
        }
        return copy;
    }

    private static JsonNode target(JsonNode document, JsonNode reference) {
        return document.at(reference.path("$ref").asText().substring(1));
    }

    private static String parameters(Operation operation, String in) {
        StringBuilder text = new StringBuilder("{");
        for (JsonNode each : operation.declared.path("parameters")) {
            JsonNode parameter = each.has("$ref") ? target(operation.document, each) : each;
            if (parameter.path("in").asText().equals(in)) {
                text.append(name(parameter.path("name").asText()))
                        .append(parameter.path("required").asBoolean() ? ": " : "?: ")
                        .append(type(operation.namespace + ".", parameter.path("schema")))
                        .append("; ");
            }
        }
        return text.append('}').toString();
    }

    private static String body(Operation operation) {
        JsonNode content = operation.declared.path("requestBody").path("content");
        JsonNode json = content.path("application/json").path("schema");
        if (!json.isMissingNode()) {
            return type(operation.namespace + ".", json);
        }
        return content.isEmpty() ? "undefined" : "FormData";
    }

    private static String answer(Operation operation) {
        for (var response : operation.declared.path("responses").properties()) {
            if (response.getKey().startsWith("2")) {
                JsonNode content = response.getValue().path("content");
                JsonNode json = content.path("application/json").path("schema");
                return !json.isMissingNode()
                        ? type(operation.namespace + ".", json)
                        : content.isEmpty() ? "null" : "Blob";
            }
        }
        return "null";
    }

    /** A schema as a type; {@code prefix} is the namespace of what it refers to. */
    private static String type(String prefix, JsonNode schema) {
        if (schema.has("$ref")) {
            String reference = schema.path("$ref").asText();
            return prefix + reference.substring(reference.lastIndexOf('/') + 1);
        }
        if (schema.has("enum")) {
            return union(prefix, schema.path("enum"), true);
        }
        for (String combined : new String[] {"anyOf", "oneOf"}) {
            if (schema.has(combined)) {
                return union(prefix, schema.path(combined), false);
            }
        }
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            StringBuilder text = new StringBuilder();
            for (JsonNode one : type) {
                ObjectNode alone = schema.deepCopy();
                alone.set("type", one);
                text.append(text.isEmpty() ? "" : " | ").append(type(prefix, alone));
            }
            return "(" + text + ")";
        }
        return switch (type.asText()) {
            case "string" -> "string";
            case "integer", "number" -> "number";
            case "boolean" -> "boolean";
            case "null" -> "null";
            case "array" -> type(prefix, schema.path("items")) + "[]";
            case "object" -> object(prefix, schema);
            default -> "unknown";
        };
    }

    private static String union(String prefix, JsonNode members, boolean literals) {
        StringBuilder text = new StringBuilder();
        for (JsonNode member : members) {
            text.append(text.isEmpty() ? "" : " | ").append(literals ? member.toString() : type(prefix, member));
        }
        return "(" + text + ")";
    }

    private static String object(String prefix, JsonNode schema) {
        StringBuilder text = new StringBuilder("{");
        JsonNode required = schema.path("required");
        schema.path("properties").properties().forEach(property -> {
            boolean always = false;
            for (JsonNode one : required) {
                always |= one.asText().equals(property.getKey());
            }
            text.append(name(property.getKey()))
                    .append(always ? ": " : "?: ")
                    .append(type(prefix, property.getValue()))
                    .append("; ");
        });
        if (!schema.has("properties")) {
            text.append("[name: string]: ")
                    .append(type(prefix, schema.path("additionalProperties")))
                    .append("; ");
        }
        return text.append('}').toString();
    }

    private static String name(String property) {
        return property.matches("[A-Za-z_][A-Za-z0-9_]*") ? property : "'" + property + "'";
    }
}
