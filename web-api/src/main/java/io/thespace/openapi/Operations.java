package io.thespace.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.thespace.endpoint.ApprovalCheck;
import io.thespace.endpoint.Family;
import io.thespace.endpoint.MethodHandler;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.TextBody;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Implementation;
import io.thespace.plugin.api.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Describes operations. */
final class Operations {

    private final Family family;
    private final ObjectMapper mapper;
    private final ObjectNode components;
    private final Map<Class<?>, ObjectNode> requestSchemas;
    private final RequestParameters parameters;
    private final Successes successes;
    private final Refusals refusals;
    private final Set<String> operationIds = new HashSet<>();

    /**
     * Operations of one document.
     *
     * @param components of the document, which shared parts are added to as they are needed
     * @param requestSchemas of the bodies' types
     * @param answerSchemas of the answers' types
     */
    Operations(
            Family family,
            ObjectMapper mapper,
            ObjectNode components,
            Map<Class<?>, ObjectNode> requestSchemas,
            Map<Class<?>, ObjectNode> answerSchemas) {
        this.family = family;
        this.mapper = mapper;
        this.components = components;
        this.requestSchemas = requestSchemas;
        this.parameters = new RequestParameters(mapper, components);
        this.successes = new Successes(family, mapper, components, answerSchemas);
        this.refusals = new Refusals(family, mapper, components);
    }

    /** The operation of a route. */
    ObjectNode of(Route route) {
        Endpoint<?> endpoint = route.endpoint();
        ObjectNode operation = mapper.createObjectNode();
        operation.putArray("tags").add(route.group());
        operation.put("operationId", operationId(route));
        operation.put("summary", endpoint.summary());
        operation.put(
                "description",
                (endpoint.description().isBlank() ? endpoint.summary() + "." : endpoint.description()) + "\n\n"
                        + who(endpoint));
        if (endpoint.deprecated()) {
            operation.put("deprecated", true);
        }
        if (endpoint.implementation() != Implementation.IMPLEMENTED) {
            operation.put("x-implementation", endpoint.implementation().name().toLowerCase(Locale.ROOT));
        }
        ArrayNode security = operation.putArray("security");
        if (endpoint.role() != null) {
            operation.put("x-least-role", endpoint.role().group());
            if (endpoint.permission() != null) {
                operation.put("x-permission", endpoint.permission().text());
            }
            security.addObject().putArray("bearer");
            bearer();
        }
        ArrayNode declared = parameters.of(endpoint);
        if (!declared.isEmpty()) {
            operation.set("parameters", declared);
        }
        if (endpoint.bodyType() != Void.class) {
            ObjectNode body = operation.putObject("requestBody").put("required", endpoint.method() != Method.DELETE);
            ObjectNode content = body.putObject("content");
            if (endpoint.upload() != null) {
                content.set("multipart/form-data", form(endpoint));
            }
            ObjectNode media = content.putObject("application/json");
            media.set("schema", requestSchemas.get(endpoint.bodyType()).deepCopy());
            if (endpoint.bodyExample() != null) {
                media.set("example", Examples.withoutNulls(Examples.json(mapper, endpoint.bodyExample())));
            }
            TextBody text = endpoint.bodyType().getAnnotation(TextBody.class);
            if (text != null) {
                for (TextBody.MediaType type : text.types()) {
                    ObjectNode as = content.putObject(type.value());
                    as.putObject("schema").put("type", "string");
                    as.set(
                            "example",
                            type.example().isEmpty()
                                    ? media.path("example").path(text.member())
                                    : TextNode.valueOf(type.example()));
                }
            }
        }
        ObjectNode responses = operation.putObject("responses");
        responses.set(Integer.toString(endpoint.answer().status()), successes.of(endpoint));
        if (endpoint.handler() instanceof MethodHandler<?> handler) {
            Stream.of(handler.method().getAnnotationsByType(APIResponse.class))
                    .filter(one -> one.responseCode().startsWith("2") && !responses.has(one.responseCode()))
                    .forEach(one -> responses.set(
                            one.responseCode(), successes.of(endpoint).put("description", one.description())));
        }
        if (ApprovalCheck.mayWait(route)) {
            responses.set("202", successes.waiting());
        }
        refusals.describe(route, responses);
        return operation;
    }

    private static String who(Endpoint<?> endpoint) {
        if (endpoint.role() == null) {
            return "Needs no token.";
        }
        return endpoint.permission() == null
                ? "Needs a token with the role `" + endpoint.role().group() + "` or a higher one."
                : "Needs a token with the permission `" + endpoint.permission().text() + "`.";
    }

    /** A file, and the body's members as the form's other fields (RFC 7578). */
    private ObjectNode form(Endpoint<?> endpoint) {
        ObjectNode form = mapper.createObjectNode();
        ObjectNode schema = form.putObject("schema").put("type", "object");
        schema.putArray("required").add(endpoint.upload());
        ObjectNode properties = schema.putObject("properties");
        properties
                .putObject(endpoint.upload())
                .put("type", "string")
                .put("contentMediaType", "application/octet-stream")
                .put("description", "The file.");
        ObjectNode body = requestSchemas.get(endpoint.bodyType());
        JsonNode described =
                body.has("$ref") ? components.at(body.path("$ref").asText().substring("#/components".length())) : body;
        described
                .path("properties")
                .properties()
                .forEach(one -> properties.set(one.getKey(), one.getValue().deepCopy()));
        form.putObject("example").put(endpoint.upload(), "the file's content");
        return form;
    }

    /**
     * The method and the path in camel case: {@code getAccountsById}. Two paths whose words are the same (one writes a
     * slash where the other writes an underscore) are distinguished by a number, in the order of the routes.
     */
    private String operationId(Route route) {
        StringBuilder id = new StringBuilder(route.endpoint().method().name().toLowerCase(Locale.ROOT));
        List<String> segments = OpenApi.segments(route.path());
        for (String segment :
                segments.subList(("/" + segments.get(0)).equals(family.prefix()) ? 1 : 0, segments.size())) {
            id.append(segment.startsWith("{") ? "By" : "").append(Words.capitalised(segment));
        }
        String unique = id.toString();
        for (int n = 2; !operationIds.add(unique); n++) {
            unique = id.toString() + n;
        }
        return unique;
    }

    private void bearer() {
        ObjectNode scheme = components
                .withObjectProperty("securitySchemes")
                .withObjectProperty("bearer")
                .put("type", "http")
                .put("scheme", "bearer");
        switch (family) {
            case PLATFORM ->
                scheme.put("bearerFormat", "JWT")
                        .put("description", "The access token that `POST /api/auth/login` answers with.");
            case MANAGEMENT ->
                scheme.put(
                        "description",
                        "A personal access token (`ibex_pat_…`), or the access token that `POST /api/auth/login` answers"
                                + " with.");
        }
    }
}
