package io.thespace.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Parameter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** Describes the parameters of operations. */
final class RequestParameters {

    private static final String TAIL =
            "^[A-Za-z0-9_~@-][A-Za-z0-9._~@-]{0,254}(/[A-Za-z0-9_~@-][A-Za-z0-9._~@-]{0,254})*$";

    private final ObjectMapper mapper;
    private final ObjectNode components;

    /** @param components of the document, which shared parameters are added to as they are needed */
    RequestParameters(ObjectMapper mapper, ObjectNode components) {
        this.mapper = mapper;
        this.components = components;
    }

    private static String place(Parameter.In in) {
        return switch (in) {
            case PATH, TAIL -> "path";
            case QUERY -> "query";
            case HEADER -> "header";
        };
    }

    /** The parameters of an endpoint, those that the platform adds included. */
    ArrayNode of(Endpoint<?> endpoint) {
        ArrayNode parameters = mapper.createArrayNode();
        for (Parameter parameter : endpoint.parameters()) {
            boolean inPath = parameter.in().path();
            ObjectNode node = parameters
                    .addObject()
                    .put("name", parameter.name())
                    .put("in", place(parameter.in()))
                    .put("required", inPath)
                    .put("description", parameter.description());
            ObjectNode schema = parameterSchema(parameter.type());
            if (parameter.in() == Parameter.In.TAIL) {
                // OpenAPI 3.1 has no word for a parameter of several segments.
                node.put("description", parameter.description() + " It may have slashes in it, sent as they are.");
                schema.put("pattern", TAIL);
            }
            node.set("schema", schema);
            if (parameter.example() != null) {
                JsonNode example = Examples.json(mapper, parameter.example());
                node.set(
                        "example",
                        parameter.type().isEnum()
                                ? mapper.getNodeFactory()
                                        .textNode(example.asText().toLowerCase(Locale.ROOT))
                                : example);
            }
        }
        if (endpoint.answer().form() == Endpoint.Shape.Form.PAGE) {
            ObjectNode limit = sharedParameter("limit", "query", "The maximum number of items in a page.");
            limit.withObjectProperty("schema")
                    .put("type", "integer")
                    .put("format", "int32")
                    .put("minimum", 1)
                    .put("maximum", 100)
                    .put("default", 50);
            ObjectNode cursor = sharedParameter(
                    "cursor",
                    "query",
                    "The `next_cursor` of the previous page; without it the first page is returned.");
            cursor.withObjectProperty("schema").put("type", "string").put("minLength", 1);
            parameters.addObject().put("$ref", "#/components/parameters/limit");
            parameters.addObject().put("$ref", "#/components/parameters/cursor");
        }
        if (endpoint.idempotent()) {
            ObjectNode key = sharedParameter(
                    "Idempotency-Key",
                    "header",
                    "Names this call. The same key with the same body is done once and answered alike for 24 hours.");
            key.withObjectProperty("schema")
                    .put("type", "string")
                    .put("minLength", 1)
                    .put("maxLength", 255)
                    .put("pattern", "^[!-~]{1,255}$");
            parameters.addObject().put("$ref", "#/components/parameters/Idempotency-Key");
        }
        return parameters;
    }

    private ObjectNode sharedParameter(String name, String in, String description) {
        return components
                .withObjectProperty("parameters")
                .withObjectProperty(name)
                .put("name", name)
                .put("in", in)
                .put("required", false)
                .put("description", description);
    }

    private ObjectNode parameterSchema(Class<?> type) {
        return schema(mapper, type);
    }

    /** The schema of a parameter of this type. */
    static ObjectNode schema(ObjectMapper mapper, Class<?> type) {
        ObjectNode schema = mapper.createObjectNode();
        if (type == UUID.class) {
            return schema.put("type", "string").put("format", "uuid");
        } else if (type == Instant.class) {
            return schema.put("type", "string").put("format", "date-time");
        } else if (type == Integer.class) {
            return schema.put("type", "integer").put("format", "int32");
        } else if (type == Long.class) {
            return schema.put("type", "integer").put("format", "int64");
        } else if (type == BigDecimal.class) {
            return schema.put("type", "number");
        } else if (type == Boolean.class) {
            return schema.put("type", "boolean");
        } else if (type.isEnum()) {
            ArrayNode values = schema.put("type", "string").putArray("enum");
            for (Object constant : type.getEnumConstants()) {
                values.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
            }
            return schema;
        }
        return schema.put("type", "string");
    }
}
