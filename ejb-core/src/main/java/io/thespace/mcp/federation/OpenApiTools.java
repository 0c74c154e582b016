package io.thespace.mcp.federation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.FieldError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes tools of operations in an OpenAPI document. The arguments of a tool are the operation's parameters in path and query, and the
 * request body as {@code body}; how it is called is in the definition's member {@link #CALL}.
 */
final class OpenApiTools {

    /** The member of a definition that has method, path, and the names of the parameters by their places. */
    static final String CALL = "call";

    private static final String SCHEMAS = "#/components/schemas/";
    private static final String DEFINITIONS = "#/$defs/";
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final int MAX_DEFINITION = 65_536;
    private static final int MAX_SCHEMAS = 200;

    private final JsonNode document;
    private final List<FieldError> faults = new ArrayList<>();

    private final Map<String, ObjectNode> tools = new LinkedHashMap<>();

    /** @param document null for none, which is a fault */
    OpenApiTools(ObjectNode document) {
        this.document = document == null ? MissingNode.getInstance() : document;
    }

    /** The definitions of the chosen operations, by name. */
    Map<String, ObjectNode> tools() {
        return tools;
    }

    /** Returns the errors of the document, or of the selection of operations. */
    List<FieldError> faults() {
        return faults;
    }

    /** Reads the chosen operations. */
    void read(List<String> operations) {
        if (!document.path("openapi").asText().matches("3\\.[01]\\..*")) {
            fault("document", "must be an OpenAPI document of version 3.0 or 3.1");
            return;
        }
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .filter(method -> operations.contains(
                        method.getValue().path("operationId").asText()))
                .forEach(method -> {
                    String name = method.getValue().path("operationId").asText();
                    ObjectNode tool = tool(name, method.getKey(), path.getKey(), path.getValue(), method.getValue());
                    if (tool != null && tools.put(name, tool) != null) {
                        fault("document", "has two operations " + name);
                    }
                }));
        operations.stream()
                .filter(name -> !tools.containsKey(name) && faults.isEmpty())
                .forEach(name -> fault("operations", "has %s, which the document has not".formatted(name)));
    }

    private void fault(String field, String message) {
        faults.add(new FieldError("openapi." + field, message));
    }

    private ObjectNode tool(String name, String method, String path, JsonNode item, JsonNode operation) {
        if (!name.matches("[A-Za-z0-9_.-]{1,95}")) {
            fault("operations", "has %s; a tool's name has letters, digits and _ . -".formatted(name));
            return null;
        }
        ObjectNode tool = Json.MAPPER.createObjectNode().put("name", name);
        tool.put("title", operation.path("summary").asText(name));
        tool.put(
                "description",
                operation.path("description").asText(operation.path("summary").asText("")));
        tool.putObject("annotations")
                .put("readOnlyHint", method.equals("get"))
                .put("destructiveHint", !method.equals("get") && !method.equals("post"))
                .put("idempotentHint", !method.equals("post") && !method.equals("patch"));
        ObjectNode call = tool.putObject(CALL).put("method", method.toUpperCase(Locale.ROOT));
        call.put("path", path);
        ObjectNode schema = tool.putObject("inputSchema").put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
            for (JsonNode one : list) {
                parameter(resolved(one), call, properties, required);
            }
        }
        JsonNode body = resolved(operation.path("requestBody"));
        JsonNode json = body.path("content").path("application/json");
        if (!json.isMissingNode()) {
            properties.set(
                    "body", json.path("schema").isObject() ? json.path("schema") : Json.MAPPER.createObjectNode());
            call.put("body", true);
            if (body.path("required").asBoolean(false)) {
                required.add("body");
            }
        }
        schema.put("additionalProperties", false);
        ObjectNode whole = withDefinitions(schema);
        if (whole == null) {
            fault("document", "has a schema of %s that refers to another document, or to too many".formatted(name));
            return null;
        }
        tool.set("inputSchema", whole);
        if (Pin.text(tool).length() > MAX_DEFINITION) {
            fault("document", "has more than %d characters for %s".formatted(MAX_DEFINITION, name));
            return null;
        }
        return tool;
    }

    private static void parameter(JsonNode one, ObjectNode call, ObjectNode properties, ArrayNode required) {
        String name = one.path("name").asText();
        String place = one.path("in").asText();
        if (name.isEmpty() || !(place.equals("path") || place.equals("query")) || properties.has(name)) {
            return;
        }
        ObjectNode schema = one.path("schema").isObject()
                ? one.path("schema").deepCopy()
                : Json.MAPPER.createObjectNode().put("type", "string");
        if (one.path("description").isTextual()) {
            schema.put("description", one.path("description").asText());
        }
        properties.set(name, schema);
        call.withArray("/" + place + "_parameters").add(name);
        if (place.equals("path") || one.path("required").asBoolean(false)) {
            required.add(name);
        }
    }

    /**
     * Resolves a reference within the document; returns the node itself when it is not a reference. One step, since
     * targets contain no further references. One step, as these refer to no further ones.
     */
    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
    }

    /** A schema with copies of those that it refers to; null when that are too many, or one lies elsewhere. */
    private ObjectNode withDefinitions(ObjectNode schema) {
        ObjectNode definitions = Json.MAPPER.createObjectNode();
        Deque<JsonNode> left = new ArrayDeque<>(List.of(schema));
        while (!left.isEmpty()) {
            for (String reference : references(left.pop())) {
                if (!reference.startsWith(SCHEMAS) || definitions.size() == MAX_SCHEMAS) {
                    return null;
                }
                String name = reference.substring(SCHEMAS.length());
                JsonNode target = document.at("/components/schemas").path(name);
                if (!target.isObject()) {
                    return null;
                }
                if (!definitions.has(name)) {
                    definitions.set(name, target);
                    left.push(target);
                }
            }
        }
        ObjectNode whole = schema;
        if (!definitions.isEmpty()) {
            whole = schema.deepCopy();
            whole.set("$defs", definitions.deepCopy());
            whole.findParents("$ref").forEach(parent -> ((ObjectNode) parent)
                    .put("$ref", parent.path("$ref").asText().replace(SCHEMAS, DEFINITIONS)));
        }
        return whole;
    }

    private static Set<String> references(JsonNode schema) {
        Set<String> references = new LinkedHashSet<>();
        schema.findValues("$ref").forEach(target -> references.add(target.asText()));
        return references;
    }
}
