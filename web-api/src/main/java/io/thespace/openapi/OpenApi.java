package io.thespace.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.ApprovalCheck;
import io.thespace.endpoint.ApprovalView;
import io.thespace.endpoint.Family;
import io.thespace.endpoint.Route;
import io.thespace.json.Json;
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
import java.util.stream.Collectors;

/** An OpenAPI 3.1.0 document (https://spec.openapis.org/oas/v3.1.0), derived from routes. */
final class OpenApi {

    /**
     * The properties of the document that do not follow from the routes.
     *
     * @param version of the product
     * @param family the API family
     */
    record Info(String version, Family family) {}

    private static final String PLUGINS = Family.PLATFORM.prefix() + "/plugins/";

    private static final String MANAGEMENT =
            """
            Management of organizations, users, agents and tokens, for operators and automation.

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
    private final Schemas requests;
    private final Schemas answers;
    private final Map<Class<?>, ObjectNode> requestSchemas = new HashMap<>();
    private final Map<Class<?>, ObjectNode> answerSchemas = new HashMap<>();
    private final Operations operations;

    private OpenApi(Family family) {
        this.family = family;
        // Not the shared mapper: its caches would hold the plugins' classes after the plugins are gone.
        this.mapper = Json.separate();
        this.document = mapper.createObjectNode();
        this.components = mapper.createObjectNode();
        this.answers = new Schemas(mapper, Schemas.Direction.ANSWER, schemaNames);
        this.requests = new Schemas(mapper, Schemas.Direction.REQUEST, schemaNames);
        this.operations = new Operations(family, mapper, components, requestSchemas, answerSchemas);
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
                    .set(route.endpoint().method().name().toLowerCase(Locale.ROOT), operations.of(route));
        }
        if (!routes.isEmpty()) {
            new ErrorSchemas(family, mapper).addTo(components.withObjectProperty("schemas"));
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
            if (ApprovalCheck.mayWait(route)) {
                answerSchemas.computeIfAbsent(ApprovalView.class, answers::of);
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

    /** The locations of the endpoints: the distinct first two segments of their paths. */
    private static String places(List<Route> routes) {
        return routes.stream()
                .map(route -> segments(route.path()))
                .map(segments -> "`/" + String.join("/", segments.subList(0, Math.min(2, segments.size()))) + "`")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    static List<String> segments(String path) {
        return Arrays.asList(path.substring(1).split("/", -1));
    }
}
