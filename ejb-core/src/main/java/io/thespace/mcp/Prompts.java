package io.thespace.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.thespace.endpoint.Actions;
import io.thespace.endpoint.Answer;
import io.thespace.endpoint.Pipeline;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.Routes;
import io.thespace.json.Json;
import io.thespace.json.Texts;
import io.thespace.limit.Allowances;
import io.thespace.mcp.dialogue.Dialogue;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Parameter;
import io.thespace.plugin.api.Rejection;
import io.thespace.worker.Cancellation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The one registry of prompts: the directives in force in the caller's organization, and every endpoint of a plugin in service
 * that is declared as a prompt. All are read through the endpoints, so what a caller sees is what the caller may read.
 */
@ApplicationScoped
public class Prompts {

    private static final String DIRECTIVE = "directive-";
    private static final String DIRECTIVES = "/management/v1/directives";

    /** The text of a prompt, in bytes. */
    static final int MAX_TEXT_BYTES = 1_048_576;

    private Routes routes;
    private Pipeline pipeline;
    private Actions actions;
    private Derived<Map<String, Route>> declared;

    Prompts() {}

    @Inject
    Prompts(Routes routes, Pipeline pipeline, Actions actions) {
        this.routes = routes;
        this.pipeline = pipeline;
        this.actions = actions;
        this.declared = new Derived<>(routes, Prompts::byName);
    }

    static Map<String, Route> byName(List<Route> routes) {
        Map<String, Route> byName = new TreeMap<>();
        for (Route route : routes) {
            if (route.endpoint().prompt()) {
                byName.put(route.group() + "-" + route.endpoint().action(), route);
            }
        }
        return byName;
    }

    /**
     * The prompts that the actor may use now: on the first page those of plugins, and on all pages directives, the newest first.
     *
     * @param cursor null for the first page
     * @param report receives what the caller has left of each limit, when anything limits them
     * @throws Rejection {@code CURSOR_INVALID} and as the list of directives
     */
    public McpPage<McpPrompt> page(Actor actor, String cursor, Consumer<Allowances> report) {
        List<McpPrompt> prompts = new ArrayList<>();
        if (cursor == null) {
            declared.now().forEach((name, route) -> {
                if (pipeline.allows(route.endpoint(), actor)) {
                    prompts.add(described(name, route.endpoint()));
                }
            });
        }
        Route list = route(DIRECTIVES);
        if (list == null || !pipeline.allows(list.endpoint(), actor)) {
            return new McpPage<>(prompts, null);
        }
        pipeline.limit(list.endpoint(), actor, List.of(), report);
        Map<String, Object> parameters = new LinkedHashMap<>(Map.of("status", "active", "limit", McpPage.SIZE));
        if (cursor != null) {
            parameters.put("cursor", cursor);
        }
        JsonNode page = Resources.read(actions.call(actor, list, parameters, null, Json.MAPPER));
        for (JsonNode directive : page.path("items")) {
            prompts.add(new McpPrompt(
                    DIRECTIVE + directive.path("id").asText(),
                    directive.path("name").asText(),
                    directive.hasNonNull("agent_id") ? "A directive for one agent." : "A directive for every agent.",
                    List.of()));
        }
        return new McpPage<>(
                prompts,
                page.hasNonNull("next_cursor") ? page.path("next_cursor").asText() : null);
    }

    private static McpPrompt described(String name, Endpoint<?> endpoint) {
        List<McpPrompt.Argument> arguments = endpoint.parameters().stream()
                .filter(parameter -> parameter.in() != Parameter.In.HEADER)
                .map(parameter -> new McpPrompt.Argument(
                        parameter.name(),
                        parameter.description(),
                        parameter.in().path()))
                .toList();
        return new McpPrompt(name, endpoint.summary(), endpoint.description(), arguments);
    }

    /** Whether a call at a path may change which prompts there are. */
    public static boolean listed(String path) {
        return path.equals(DIRECTIVES) || path.startsWith(DIRECTIVES + "/");
    }

    private Route route(String path) {
        return routes.find(List.of(path.substring(1).split("/", -1))).get(Method.GET);
    }

    /**
     * The endpoint that a prompt is read from.
     *
     * @throws Rejection {@code PROMPT_UNKNOWN}: what the actor may not read answers as what there is not
     */
    public Route find(Actor actor, String name) {
        Route route = name.matches(DIRECTIVE + "[0-9a-f-]{36}")
                ? route(DIRECTIVES + "/" + name.substring(DIRECTIVE.length()))
                : declared.now().get(name);
        if (route == null || !pipeline.allows(route.endpoint(), actor)) {
            throw unknown(name);
        }
        return route;
    }

    /**
     * Describes a prompt with its arguments; for a directive, which takes none, just its name.
     *
     * @throws Rejection as {@link #find}
     */
    public McpPrompt describe(Actor actor, String name) {
        Route route = find(actor, name);
        return name.startsWith(DIRECTIVE)
                ? new McpPrompt(name, name, "", List.of())
                : described(name, route.endpoint());
    }

    private static Rejection unknown(String name) {
        return new Rejection(
                McpError.PROMPT_UNKNOWN,
                "There is no prompt %s that you may use now. List the prompts.".formatted(Texts.truncate(name, 200)));
    }

    /**
     * The messages of a prompt, as the protocol's schema has them.
     *
     * @param route as {@link #find} found it
     * @param report receives what the caller has left of each limit, when anything limits them
     * @param dialogue with the caller; ends with the call, and has the questions that the call waits for
     * @throws Rejection {@code PROMPT_UNKNOWN} for a directive that is not in force; {@code ANSWER_TOO_LARGE}, {@code
     *     ANSWER_INVALID}; whatever the endpoint refuses with
     */
    public ArrayNode messages(
            Actor actor,
            String name,
            Route route,
            Map<String, ?> arguments,
            Consumer<Allowances> report,
            Dialogue dialogue,
            Cancellation cancellation) {
        pipeline.limit(route.endpoint(), actor, List.of(), report);
        if (!name.startsWith(DIRECTIVE)) {
            Answer answer;
            try (dialogue) {
                answer = actions.call(actor, route, arguments, null, Json.MAPPER, dialogue, cancellation);
            }
            if (answer.body().length > MAX_TEXT_BYTES) {
                throw new Rejection(
                        McpError.ANSWER_TOO_LARGE,
                        "The prompt has %d bytes; a prompt may have %d."
                                .formatted(answer.body().length, MAX_TEXT_BYTES));
            }
            return answer.mediaType() != null && answer.mediaType().startsWith(Content.MCP)
                    ? McpBlocks.read(answer.body())
                    : message(new String(answer.body(), StandardCharsets.UTF_8));
        }
        Map<String, Object> id = new LinkedHashMap<>(arguments);
        id.put("directive_id", name.substring(DIRECTIVE.length()));
        JsonNode directive = Resources.read(actions.call(actor, route, id, null, Json.MAPPER));
        if (!directive.hasNonNull("active_version")) {
            throw unknown(name);
        }
        boolean latest = directive.path("active_version").asInt()
                == directive.path("latest_version").asInt();
        return message(latest ? directive.path("content").asText() : inForce(actor, id, name));
    }

    private static ArrayNode message(String text) {
        ArrayNode messages = Json.MAPPER.createArrayNode();
        messages.addObject()
                .put("role", "user")
                .putObject("content")
                .put("type", "text")
                .put("text", text);
        return messages;
    }

    /** The content of the version in force, where later ones are drafts. */
    private String inForce(Actor actor, Map<String, Object> id, String name) {
        Route versions = route(DIRECTIVES + "/" + id.get("directive_id") + "/versions");
        Map<String, Object> parameters = new LinkedHashMap<>(id);
        parameters.put("limit", Completion.MAX_VALUES);
        while (true) {
            JsonNode page = Resources.read(actions.call(actor, versions, parameters, null, Json.MAPPER));
            for (JsonNode version : page.path("items")) {
                if (version.path("status").asText().equals("active")) {
                    return version.path("content").asText();
                }
            }
            if (!page.hasNonNull("next_cursor")) {
                throw unknown(name);
            }
            parameters.put("cursor", page.path("next_cursor").asText());
        }
    }

    /**
     * Values of a prompt's argument: the constants of one that has some.
     *
     * @throws Rejection {@code PROMPT_UNKNOWN}
     */
    public Completion complete(Actor actor, String name, String argument, String beginning) {
        return find(actor, name).endpoint().parameters().stream()
                .filter(parameter ->
                        parameter.name().equals(argument) && parameter.type().isEnum() && !name.startsWith(DIRECTIVE))
                .findFirst()
                .map(parameter -> Completion.of(constants(parameter.type()), beginning, false))
                .orElse(Completion.NONE);
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
