package io.thespace.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.Family;
import io.thespace.wire.ManagementCode;

/** The schemas of error bodies, in a family's form. */
final class ErrorSchemas {

    private final Family family;
    private final ObjectMapper mapper;

    ErrorSchemas(Family family, ObjectMapper mapper) {
        this.family = family;
        this.mapper = mapper;
    }

    /** Adds them to the components' schemas. */
    void addTo(ObjectNode schemas) {
        ObjectNode field = schemas.putObject("FieldError")
                .put("type", "object")
                .put("description", "What is wrong with a member.");
        ObjectNode members = field.putObject("properties");
        members.set("field", string("The member's path as the client wrote it."));
        ArrayNode requiredOfField = field.putArray("required").add("field");
        if (family == Family.MANAGEMENT) {
            members.set("code", string("What sort of mistake it is, for programs."));
            requiredOfField.add("code");
        }
        members.set("message", string("What is wrong with it."));
        requiredOfField.add("message");

        ObjectNode error = schemas.putObject("Error").put("type", "object").put("description", "A refusal.");
        members = error.putObject("properties");
        switch (family) {
            case PLATFORM -> {
                members.set("error", string("What is wrong and, where it can be said, what to do."));
                members.set("code", status());
                members.set("request_id", string("The request's id."));
                members.set("details", details());
                error.putArray("required").add("error").add("code").add("request_id");
            }
            case MANAGEMENT -> {
                error.putArray("required").add("error");
                ObjectNode inner = members.putObject("error").put("type", "object");
                inner.putArray("required").add("code").add("message").add("request_id");
                members = inner.putObject("properties");
                members.set("code", code());
                members.set("message", string("What is wrong and, where it can be said, what to do."));
                members.set("request_id", string("The request's id."));
                members.set("field_errors", details());
            }
        }

        ObjectNode problem = schemas.putObject("Problem")
                .put("type", "object")
                .put("description", "A refusal as problem details (RFC 9457), for a client that prefers them.");
        members = problem.putObject("properties");
        members.set("type", string("`about:blank`: the status says what kind of problem it is."));
        members.set("title", string("The status in words."));
        members.set("status", status());
        members.set("detail", string("What is wrong and, where it can be said, what to do."));
        members.set("request_id", string("The request's id."));
        switch (family) {
            case PLATFORM -> members.set("details", details());
            case MANAGEMENT -> {
                members.set("code", code());
                members.set("field_errors", details());
            }
        }
        problem.putArray("required")
                .add("type")
                .add("title")
                .add("status")
                .add("detail")
                .add("request_id");
    }

    private ObjectNode string(String description) {
        return mapper.createObjectNode().put("type", "string").put("description", description);
    }

    private ObjectNode status() {
        return mapper.createObjectNode()
                .put("type", "integer")
                .put("format", "int32")
                .put("description", "The HTTP status.");
    }

    private ObjectNode code() {
        ObjectNode code = string("What is wrong, for programs.");
        ArrayNode values = code.putArray("enum");
        for (ManagementCode one : ManagementCode.values()) {
            values.add(one.name());
        }
        return code;
    }

    private ObjectNode details() {
        ObjectNode details = mapper.createObjectNode()
                .put("type", "array")
                .put("description", "The members at fault, when the refusal is about single members.");
        details.putObject("items").put("$ref", "#/components/schemas/FieldError");
        return details;
    }
}
