package io.thespace.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.mcp.McpTool;
import io.thespace.mcp.Tools;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Parameter;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * JSON Schemas (draft 2020-12) of tools, from the same declarations and by the same rules as the OpenAPI documents: an
 * endpoint's parameters and its body's members are one object, a parameter before a member of the same name.
 */
public final class ToolSchemas {

    private static final String DEFINITIONS = "$defs";

    private ToolSchemas() {}

    /** Returns the schema of a tool's arguments. */
    public static ObjectNode input(McpTool tool) {
        if (tool.foreign() != null) {
            return keyed(tool, tool.foreign().input().deepCopy());
        }
        Endpoint<?> endpoint = tool.route().endpoint();
        ObjectMapper mapper = Json.separate();
        ObjectNode schema = mapper.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        Set<String> required = new LinkedHashSet<>();
        if (endpoint.bodyType() != Void.class) {
            Schemas schemas = new Schemas(mapper, Schemas.Direction.REQUEST, new HashSet<>());
            ObjectNode body = described(schemas, endpoint.bodyType(), schema);
            properties.setAll((ObjectNode) body.path("properties").deepCopy());
            body.path("required").forEach(name -> required.add(name.asText()));
        }
        for (Parameter parameter : endpoint.parameters()) {
            if (parameter.in() != Parameter.In.HEADER) {
                properties.set(
                        parameter.name(),
                        RequestParameters.schema(mapper, parameter.type()).put("description", parameter.description()));
                if (parameter.in().path()) {
                    required.add(parameter.name());
                }
            }
        }
        if (endpoint.answer().form() == Endpoint.Shape.Form.PAGE) {
            properties
                    .putObject("limit")
                    .put("type", "integer")
                    .put("minimum", 1)
                    .put("maximum", 100)
                    .put("default", 50)
                    .put("description", "The maximum number of items in a page.");
            properties
                    .putObject("cursor")
                    .put("type", "string")
                    .put("minLength", 1)
                    .put("description", "The next_cursor of the previous page; without it the first page is returned.");
        }
        if (tool.takesKey()) {
            key(properties);
            if (tool.needsKey()) {
                required.add(Tools.KEY);
            }
        }
        if (!required.isEmpty()) {
            ArrayNode names = schema.putArray("required");
            required.forEach(names::add);
        }
        return schema.put("additionalProperties", false);
    }

    private static void key(ObjectNode properties) {
        properties
                .putObject(Tools.KEY)
                .put("type", "string")
                .put("pattern", "^[!-~]{1,255}$")
                .put("description", "Names this call: the same key with the same arguments is done once.");
    }

    /** A remote tool's own schema, extended by the platform's idempotency key. */
    private static ObjectNode keyed(McpTool tool, ObjectNode schema) {
        if (tool.needsKey()) {
            key(schema.withObject("/properties"));
            schema.withArray("/required").add(Tools.KEY);
        }
        return schema;
    }

    /** Returns the schema of a tool's structured content; null without one. */
    public static ObjectNode output(McpTool tool) {
        Endpoint.Shape shape = tool.route().endpoint().answer();
        if (shape.type() == null || JsonNode.class.isAssignableFrom(shape.type())) {
            return null;
        }
        ObjectMapper mapper = Json.separate();
        ObjectNode schema = mapper.createObjectNode();
        Schemas schemas = new Schemas(mapper, Schemas.Direction.ANSWER, new HashSet<>());
        schemas.learn(shape.example());
        ObjectNode described = described(schemas, shape.type(), schema);
        if (shape.form() == Endpoint.Shape.Form.ONE) {
            schema.setAll(described.deepCopy());
            return schema.path("type").asText().equals("object") ? schema : null;
        }
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("items").put("type", "array").set("items", described.deepCopy());
        ArrayNode required = schema.putArray("required").add("items");
        if (shape.form() == Endpoint.Shape.Form.PAGE) {
            properties.putObject("next_cursor").putArray("type").add("string").add("null");
            properties.putObject("total").put("type", "null");
            required.add("next_cursor").add("total");
        }
        return schema;
    }

    /** The schema of a type itself; what it refers to is put among the document's definitions. */
    private static ObjectNode described(Schemas schemas, Class<?> type, ObjectNode document) {
        ObjectNode reference = schemas.of(type);
        ObjectNode definitions = schemas.definitions(DEFINITIONS);
        if (!definitions.isEmpty()) {
            document.set(DEFINITIONS, definitions);
        }
        String prefix = "#/" + DEFINITIONS + "/";
        String target = reference.path("$ref").asText();
        return target.startsWith(prefix) ? (ObjectNode) definitions.get(target.substring(prefix.length())) : reference;
    }
}
