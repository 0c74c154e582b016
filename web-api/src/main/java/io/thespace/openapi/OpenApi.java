package io.thespace.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.Family;
import io.thespace.endpoint.Route;
import io.thespace.json.Json;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Implementation;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Parameter;
import io.thespace.wire.ManagementCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** An OpenAPI 3.1.0 document (https://spec.openapis.org/oas/v3.1.0), derived from routes. */
final class OpenApi {

    /**
     * What the routes do not say.
     *
     * @param version of the product
     * @param family whose API it is
     */
    record Info(String version, Family family) {}

    private static final String JSON = "application/json";
    private static final String PLUGINS = Family.PLATFORM.prefix() + "/plugins/";

    private static final String TAIL =
            "^[A-Za-z0-9_~@-][A-Za-z0-9._~@-]{0,254}(/[A-Za-z0-9_~@-][A-Za-z0-9._~@-]{0,254})*$";

    private static final String MANAGEMENT =
            """
            How operators and their programs look after organizations, users, agents and tokens.

            **Credentials.** Send a personal access token (`ibex_pat_…`, from `POST /management/v1/tokens`) or the platform's \
            access token (`POST /api/auth/login`) as `Authorization: Bearer …`. Each operation names the permission it needs.

            **Errors.** Every refusal has one body: `error.code` is for programs, `error.message` for people. A client that \
            prefers `application/problem+json` gets RFC 9457 instead. Another organization's id answers as one that does not exist.

            **Request ids.** Send `X-Request-ID` (`[A-Za-z0-9._-]{1,128}`) or get one; it is on every answer and log line.

            **Pages.** Unbounded lists come as pages: send `next_cursor` as `cursor` until it is null.

            **Safe repeats.** Where `Idempotency-Key` is listed, the same key with the same body is done once within 24 hours.
            """;

    private static final String PLATFORM =
            """
            The control center for an enterprise's AI platform.

            **Credentials.** `POST /api/auth/login` gives an access token; send it as `Authorization: Bearer …`.

            **Errors.** Every refusal has one body: `error` says what is wrong, `code` is the HTTP status. A client that \
            prefers `application/problem+json` gets RFC 9457 instead.

            **Request ids.** Send `X-Request-Id` (`[A-Za-z0-9._-]{1,128}`) or get one; it is on every answer and log line.

            **Pages.** Unbounded lists come as pages: send `next_cursor` as `cursor` until it is null.

            **Paths of plugins.** `/services/{plugin}/…` is the same as `/api/plugins/{plugin}/…`, for every plugin.

            **Safe repeats.** Where `Idempotency-Key` is listed, the same key with the same body is done once within 24 hours.
            """;

    private final Family family;
    private final ObjectMapper mapper;
    private final ObjectNode document;
    private final ObjectNode components;
    private final Set<String> schemaNames = new HashSet<>(Set.of("Error", "FieldError", "Problem"));
    private final Set<String> operationIds = new HashSet<>();
    private final Schemas requests;
    private final Schemas answers;
    private final Map<Class<?>, ObjectNode> requestSchemas = new HashMap<>();
    private final Map<Class<?>, ObjectNode> answerSchemas = new HashMap<>();
    private final Refusals refusals;

    private OpenApi(Family family) {
        this.family = family;
        // Not the shared mapper: its caches would hold the plugins' classes after the plugins are gone.
        this.mapper = Json.separate();
        this.document = mapper.createObjectNode();
        this.components = mapper.createObjectNode();
        this.answers = new Schemas(mapper, Schemas.Direction.ANSWER, schemaNames);
        this.requests = new Schemas(mapper, Schemas.Direction.REQUEST, schemaNames);
        this.refusals = new Refusals(family, mapper, components);
    }

    /**
     * The document.
     *
     * @param routes in any order: the document lists the platform's groups before the plugins, both by name, so that it is
     *     the same on every node; within a group the order is kept
     * @throws IllegalArgumentException when an endpoint declares a type or an example that cannot be written as JSON
     */
    static ObjectNode document(List<Route> routes, Info info) {
        List<Route> inOrder = routes.stream()
                .sorted(Comparator.comparing(Route::ofPlugin).thenComparing(Route::group))
                .toList();
        return new OpenApi(info.family()).write(inOrder, info);
    }

    private ObjectNode write(List<Route> routes, Info info) {
        collectSchemas(routes);
        document.put("openapi", "3.1.0");
        document.set("info", info(info));
        document.putArray("servers").addObject().put("url", "/").put("description", "The server that answers this.");
        document.set("tags", tags(routes));
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            paths.withObjectProperty(route.path())
                    .set(route.endpoint().method().name().toLowerCase(Locale.ROOT), operation(route));
        }
        if (!routes.isEmpty()) {
            errorSchemas();
        }
        document.set("components", components);
        return document;
    }

    /** All types are met before any is written out, so that a type has one name, and one schema, wherever it stands. */
    private void collectSchemas(List<Route> routes) {
        for (Route route : routes) {
            answers.learn(route.endpoint().answer().example());
        }
        for (Route route : routes) {
            Class<?> body = route.endpoint().bodyType();
            if (body != Void.class) {
                requestSchemas.computeIfAbsent(body, requests::of);
            }
            Class<?> answer = route.endpoint().answer().type();
            if (answer != null) {
                answerSchemas.computeIfAbsent(answer, answers::of);
            }
        }
        ObjectNode schemas = components.putObject("schemas");
        schemas.setAll(answers.definitions());
        schemas.setAll(requests.definitions());
    }

    private ObjectNode info(Info info) {
        ObjectNode node = mapper.createObjectNode()
                .put(
                        "title",
                        switch (family) {
                            case PLATFORM -> "The Space";
                            case MANAGEMENT -> "The Space: management";
                        })
                .put("version", info.version())
                .put(
                        "description",
                        switch (family) {
                            case PLATFORM -> PLATFORM;
                            case MANAGEMENT -> MANAGEMENT;
                        });
        node.putObject("contact").put("name", "The Space");
        node.putObject("license").put("name", "The Space licence").put("identifier", "LicenseRef-The-Space");
        return node;
    }

    private ArrayNode tags(List<Route> routes) {
        Map<String, List<Route>> groups = new LinkedHashMap<>();
        for (Route route : routes) {
            groups.computeIfAbsent(route.group(), group -> new ArrayList<>()).add(route);
        }
        ArrayNode tags = mapper.createArrayNode();
        groups.forEach((group, members) -> {
            String description = members.get(0).ofPlugin()
                    ? "Endpoints of the plugin `" + group + "`, below `" + PLUGINS + group + "`."
                    : "Endpoints below " + places(members) + ".";
            tags.addObject().put("name", group).put("description", description);
        });
        return tags;
    }

    /** Where the endpoints lie: the first two segments of their paths, once each. */
    private static String places(List<Route> routes) {
        return routes.stream()
                .map(route -> segments(route.path()))
                .map(segments -> "`/" + String.join("/", segments.subList(0, Math.min(2, segments.size()))) + "`")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.substring(1).split("/", -1));
    }

    private ObjectNode operation(Route route) {
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
        ArrayNode parameters = parameters(endpoint);
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        if (endpoint.bodyType() != Void.class) {
            ObjectNode body = operation.putObject("requestBody").put("required", endpoint.method() != Method.DELETE);
            ObjectNode content = body.putObject("content");
            if (endpoint.upload() != null) {
                content.set("multipart/form-data", form(endpoint));
            }
            ObjectNode media = content.putObject(JSON);
            media.set("schema", requestSchemas.get(endpoint.bodyType()).deepCopy());
            if (endpoint.bodyExample() != null) {
                media.set("example", withoutNulls(json(endpoint.bodyExample())));
            }
        }
        ObjectNode responses = operation.putObject("responses");
        responses.set(Integer.toString(endpoint.answer().status()), success(endpoint));
        refusals.describe(endpoint, responses);
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
     * slash where the other writes an underscore) are told apart by a number, in the order of the routes.
     */
    private String operationId(Route route) {
        StringBuilder id = new StringBuilder(route.endpoint().method().name().toLowerCase(Locale.ROOT));
        List<String> segments = segments(route.path());
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

    private static String place(Parameter.In in) {
        return switch (in) {
            case PATH, TAIL -> "path";
            case QUERY -> "query";
            case HEADER -> "header";
        };
    }

    private ArrayNode parameters(Endpoint<?> endpoint) {
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
                JsonNode example = json(parameter.example());
                node.set(
                        "example",
                        parameter.type().isEnum()
                                ? mapper.getNodeFactory()
                                        .textNode(example.asText().toLowerCase(Locale.ROOT))
                                : example);
            }
        }
        if (endpoint.answer().form() == Endpoint.Shape.Form.PAGE) {
            ObjectNode limit = sharedParameter("limit", "query", "How many items a page has at the most.");
            limit.withObjectProperty("schema")
                    .put("type", "integer")
                    .put("format", "int32")
                    .put("minimum", 1)
                    .put("maximum", 100)
                    .put("default", 50);
            ObjectNode cursor = sharedParameter(
                    "cursor", "query", "The `next_cursor` of the page before; without it the first page comes.");
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
        ObjectNode schema = mapper.createObjectNode();
        if (type == UUID.class) {
            return schema.put("type", "string").put("format", "uuid");
        } else if (type == Instant.class) {
            return schema.put("type", "string").put("format", "date-time");
        } else if (type == Integer.class) {
            return schema.put("type", "integer").put("format", "int32");
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

    private ObjectNode success(Endpoint<?> endpoint) {
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
            case ONE -> media.set("schema", answerSchemas.get(shape.type()).deepCopy());
            case LIST -> media.set("schema", arrayOf(shape.type()));
            case PAGE -> media.set("schema", pageOf(shape.type()));
            case CONTENT -> media.set("schema", contentSchema(shape.mediaType()));
            case NONE -> throw new IllegalStateException("has no content");
        }
        if (shape.example() != null) {
            JsonNode example = json(shape.example());
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

    private ObjectNode arrayOf(Class<?> type) {
        ObjectNode schema = mapper.createObjectNode().put("type", "array");
        schema.set("items", answerSchemas.get(type).deepCopy());
        return schema;
    }

    /** A component for each item type that comes in pages. */
    private ObjectNode pageOf(Class<?> type) {
        String reference = answerSchemas.get(type).path("$ref").asText("/" + type.getSimpleName());
        String name = reference.substring(reference.lastIndexOf('/') + 1) + "Page";
        ObjectNode schemas = components.withObjectProperty("schemas");
        if (!schemas.has(name)) {
            ObjectNode page = schemas.putObject(name).put("type", "object");
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

    /** What is known of a body that no record describes (OpenAPI 3.1.0, section 4.8.14.4, on binary data). */
    private ObjectNode contentSchema(String mediaType) {
        ObjectNode schema = mapper.createObjectNode();
        if (mediaType.startsWith("text/") || mediaType.endsWith("yaml")) {
            schema.put("type", "string");
        } else if (mediaType.startsWith(JSON)) {
            schema.put("type", "object");
        }
        return schema;
    }

    private void errorSchemas() {
        ObjectNode schemas = components.withObjectProperty("schemas");
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

    /** An example as it goes over the wire, down to an amount's trailing zeros. */
    private JsonNode json(Object example) {
        try {
            return mapper.reader()
                    .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .readTree(mapper.writeValueAsBytes(example));
        } catch (IOException e) {
            throw new IllegalArgumentException("An example cannot be written as JSON: " + example, e);
        }
    }

    /** A request leaves out what it has no value for. */
    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(member -> member.getValue().isNull());
        }
        node.forEach(OpenApi::withoutNulls);
        return node;
    }
}
