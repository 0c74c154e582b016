package io.thespace.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.ApprovalView;
import io.thespace.endpoint.Family;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.LimitClass;
import java.util.Map;

/** Describes the responses of successes. */
final class Successes {

    private final Family family;
    private final ObjectMapper mapper;
    private final ObjectNode components;
    private final Map<Class<?>, ObjectNode> schemas;

    /**
     * Responses for one document.
     *
     * @param components of the document, which pages are added to as they are needed
     * @param schemas of the answers' types
     */
    Successes(Family family, ObjectMapper mapper, ObjectNode components, Map<Class<?>, ObjectNode> schemas) {
        this.family = family;
        this.mapper = mapper;
        this.components = components;
        this.schemas = schemas;
    }

    /** The response of an endpoint's success. */
    ObjectNode of(Endpoint<?> endpoint) {
        Endpoint.Shape shape = endpoint.answer();
        ObjectNode response = mapper.createObjectNode()
                .put(
                        "description",
                        switch (shape.form()) {
                            case ONE -> shape.status() == 201 ? "Created." : "Done.";
                            case LIST -> "The whole list.";
                            case PAGE -> "One page of the list.";
                            case CONTENT -> "The content.";
                            case NONE -> "Done; there is no body.";
                        });
        ObjectNode headers = response.putObject("headers");
        headers.set(family.requestIdHeader(), Headers.reference(components, mapper, Headers.REQUEST_ID));
        if (endpoint.limit() != LimitClass.NONE) {
            Headers.limits(headers, components, mapper);
        }
        if (endpoint.idempotent()) {
            headers.set("Idempotency-Replayed", Headers.reference(components, mapper, Headers.REPLAYED));
        }
        if (shape.form() == Endpoint.Shape.Form.NONE) {
            return response;
        }
        ObjectNode media = response.putObject("content").putObject(shape.mediaType());
        switch (shape.form()) {
            case ONE -> media.set("schema", schemas.get(shape.type()).deepCopy());
            case LIST -> media.set("schema", arrayOf(shape.type()));
            case PAGE -> media.set("schema", pageOf(shape.type()));
            case CONTENT -> media.set("schema", contentSchema(shape.mediaType()));
            case NONE -> throw new IllegalStateException("has no content");
        }
        if (shape.example() != null) {
            JsonNode example = Examples.json(mapper, shape.example());
            switch (shape.form()) {
                case LIST -> media.putArray("example").add(example);
                case PAGE -> {
                    ObjectNode page = media.putObject("example");
                    page.putArray("items").add(example);
                    page.putNull("next_cursor").putNull("total");
                }
                default -> media.set("example", example);
            }
        }
        return response;
    }

    /** Returns the response of a call that is deferred because a rule of the organization requires an approval. */
    ObjectNode waiting() {
        ObjectNode response = mapper.createObjectNode()
                .put(
                        "description",
                        "The call waits for an approval, as a rule of the organization says; nothing was done yet.");
        response.putObject("headers")
                .set(family.requestIdHeader(), Headers.reference(components, mapper, Headers.REQUEST_ID));
        ObjectNode media = response.putObject("content").putObject("application/json");
        media.set("schema", schemas.get(ApprovalView.class).deepCopy());
        media.set("example", Examples.json(mapper, ApprovalView.EXAMPLE));
        return response;
    }

    private ObjectNode arrayOf(Class<?> type) {
        ObjectNode schema = mapper.createObjectNode().put("type", "array");
        schema.set("items", schemas.get(type).deepCopy());
        return schema;
    }

    /** A component for each paged item type. */
    private ObjectNode pageOf(Class<?> type) {
        String reference = schemas.get(type).path("$ref").asText("/" + type.getSimpleName());
        String name = reference.substring(reference.lastIndexOf('/') + 1) + "Page";
        ObjectNode named = components.withObjectProperty("schemas");
        if (!named.has(name)) {
            ObjectNode page = named.putObject(name).put("type", "object");
            ObjectNode properties = page.putObject("properties");
            properties.set("items", arrayOf(type));
            properties
                    .putObject("next_cursor")
                    .put("description", "Send it as `cursor` to get the next page; null on the last one.")
                    .putArray("type")
                    .add("string")
                    .add("null");
            properties
                    .putObject("total")
                    .put("description", "Always null: a count is never run.")
                    .put("type", "null");
            page.putArray("required").add("items").add("next_cursor").add("total");
        }
        return mapper.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    /** The schema of a body that no record describes (OpenAPI 3.1.0, section 4.8.14.4, on binary data). */
    private ObjectNode contentSchema(String mediaType) {
        ObjectNode schema = mapper.createObjectNode();
        if (mediaType.startsWith("text/") || mediaType.endsWith("yaml")) {
            schema.put("type", "string");
        } else if (mediaType.startsWith("application/json")) {
            schema.put("type", "object");
        }
        return schema;
    }
}
