package io.thespace.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.thespace.endpoint.Actions;
import io.thespace.endpoint.Answer;
import io.thespace.endpoint.Pipeline;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.Routes;
import io.thespace.json.Json;
import io.thespace.json.Texts;
import io.thespace.limit.Allowances;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The one registry of resources: every endpoint of the platform and of the plugins in service that is declared as one. To read
 * one is to call its endpoint. Which a caller sees and which the caller may read is one decision, as with {@link Tools}.
 */
@ApplicationScoped
public class Resources {

    /** The size of a content, in bytes. */
    static final int MAX_CONTENT_BYTES = 4_194_304;

    private static final int MAX_URI = 2048;

    private Routes routes;
    private Pipeline pipeline;
    private Actions actions;
    private Derived<List<McpResourceEntry>> entries;

    Resources() {}

    @Inject
    Resources(Routes routes, Pipeline pipeline, Actions actions) {
        this.routes = routes;
        this.pipeline = pipeline;
        this.actions = actions;
        this.entries = new Derived<>(routes, Resources::byUri);
    }

    static List<McpResourceEntry> byUri(List<Route> routes) {
        return routes.stream()
                .filter(route -> route.endpoint().resource() && route.endpoint().handler() != null)
                .map(McpResourceEntry::of)
                .sorted(Comparator.comparing(McpResourceEntry::uri))
                .toList();
    }

    /**
     * Returns resources, or templates of resources, that the actor may read now.
     *
     * @param templates whether to return templates
     * @param cursor null for the first page
     * @throws Rejection {@code CURSOR_INVALID}
     */
    public McpPage<McpResourceEntry> page(Actor actor, boolean templates, String cursor) {
        List<McpResourceEntry> allowed = entries.now().stream()
                .filter(entry -> entry.template() == templates)
                .filter(entry -> pipeline.allows(entry.route().endpoint(), actor))
                .toList();
        return McpPage.of(allowed, McpResourceEntry::uri, cursor);
    }

    /**
     * The endpoint that a URI reads.
     *
     * @throws Rejection {@code RESOURCE_UNKNOWN}: what the actor may not read answers as what there is not
     */
    public McpResourceEntry find(Actor actor, String uri) {
        Route route = uri.length() <= MAX_URI && uri.startsWith(McpResourceEntry.SCHEME + "/")
                ? routes.find(segments(uri)).get(Method.GET)
                : null;
        if (route == null
                || !route.endpoint().resource()
                || route.endpoint().handler() == null
                || !pipeline.allows(route.endpoint(), actor)) {
            throw unknown(uri);
        }
        return McpResourceEntry.of(route);
    }

    /**
     * Returns a URI in the server's spelling, with the same segments.
     *
     * @throws Rejection {@code RESOURCE_UNKNOWN} when it is not a URI of the platform
     */
    public static String canonical(String uri) {
        if (!uri.startsWith(McpResourceEntry.SCHEME + "/")) {
            throw unknown(uri);
        }
        return segments(uri).stream()
                .map(Route::encoded)
                .collect(Collectors.joining("/", McpResourceEntry.SCHEME + "/", ""));
    }

    /**
     * The URIs of the resources that are read at a path, or at one that it begins with.
     *
     * @param path percent-encoded
     */
    public List<String> above(String path) {
        List<String> uris = new ArrayList<>();
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            String uri = McpResourceEntry.SCHEME + path.substring(0, end);
            Route route = uri.length() <= MAX_URI ? routes.find(segments(uri)).get(Method.GET) : null;
            if (route != null && route.endpoint().resource()) {
                uris.add(uri);
            }
        }
        return uris;
    }

    private static Rejection unknown(String uri) {
        return new Rejection(
                McpError.RESOURCE_UNKNOWN,
                "There is no resource %s that you may read now. List the resources and their templates."
                        .formatted(Texts.truncate(uri, 200)));
    }

    private static List<String> segments(String uri) {
        List<String> segments = new ArrayList<>();
        for (String segment :
                uri.substring(McpResourceEntry.SCHEME.length() + 1).split("/", -1)) {
            try {
                segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw unknown(uri);
            }
        }
        return segments;
    }

    /**
     * Reads a resource as any caller of its endpoint would.
     *
     * @param entry as {@link #find} found it
     * @param report receives what the caller has left of each limit, when anything limits them
     * @throws Rejection whatever the endpoint refuses with; {@code ANSWER_TOO_LARGE}
     */
    public McpContent read(Actor actor, McpResourceEntry entry, String uri, Consumer<Allowances> report) {
        Route route = entry.route();
        pipeline.limit(route.endpoint(), actor, List.of(), report);
        Answer answer = actions.call(actor, route, route.pathParameters(segments(uri)), null, Json.MAPPER);
        if (answer.body().length > MAX_CONTENT_BYTES) {
            throw new Rejection(
                    McpError.ANSWER_TOO_LARGE,
                    "The resource has %d bytes; at most %d are read. Use the endpoint itself."
                            .formatted(answer.body().length, MAX_CONTENT_BYTES));
        }
        return McpContent.of(uri, answer.mediaType(), answer.body());
    }

    /**
     * Values of a template's parameter: the ids in the list that the path before it answers with.
     *
     * @param template a URI as {@link #page} lists it
     * @param argument the parameter's name
     * @param beginning of the value; empty for any
     * @throws Rejection {@code RESOURCE_UNKNOWN}; whatever the list refuses with
     */
    public Completion complete(
            Actor actor, String template, String argument, String beginning, Consumer<Allowances> report) {
        McpResourceEntry entry = entries.now().stream()
                .filter(one -> one.uri().equals(template)
                        && pipeline.allows(one.route().endpoint(), actor))
                .findFirst()
                .orElseThrow(() -> unknown(template));
        String path = entry.route().path();
        int at = path.indexOf("/{" + argument + "}");
        if (at < 0 || path.indexOf('{') < at) {
            return Completion.NONE;
        }
        Route list = routes.find(List.of(path.substring(1, at).split("/", -1))).get(Method.GET);
        if (list == null || list.endpoint().handler() == null || !pipeline.allows(list.endpoint(), actor)) {
            return Completion.NONE;
        }
        boolean paged = list.endpoint().answer().form() == Endpoint.Shape.Form.PAGE;
        if (!paged && list.endpoint().answer().form() != Endpoint.Shape.Form.LIST) {
            return Completion.NONE;
        }
        pipeline.limit(list.endpoint(), actor, List.of(), report);
        Map<String, Object> parameters = paged ? Map.of("limit", Completion.MAX_VALUES) : Map.of();
        return ids(actions.call(actor, list, parameters, null, Json.MAPPER), argument, beginning);
    }

    private static Completion ids(Answer answer, String argument, String beginning) {
        JsonNode body = read(answer);
        JsonNode items = body.isArray() ? body : body.path("items");
        List<String> ids = new ArrayList<>();
        for (JsonNode item : items) {
            JsonNode id = id(item, argument);
            if (id.isValueNode()) {
                ids.add(id.asText());
            }
        }
        return Completion.of(ids, beginning, body.hasNonNull("next_cursor"));
    }

    /** The member that is called as the parameter or id; otherwise the first that is an id. */
    private static JsonNode id(JsonNode item, String argument) {
        for (String name : List.of(argument, "id")) {
            if (item.has(name)) {
                return item.get(name);
            }
        }
        return item.properties().stream()
                .filter(member -> member.getKey().endsWith("_id"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** An answer of an endpoint as JSON. */
    static JsonNode read(Answer answer) {
        try {
            return Json.MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException("An answer that was written as JSON can be read", e);
        }
    }
}
