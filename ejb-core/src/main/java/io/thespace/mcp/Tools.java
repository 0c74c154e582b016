package io.thespace.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.Actions;
import io.thespace.endpoint.Answer;
import io.thespace.endpoint.Pipeline;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.Routes;
import io.thespace.json.Json;
import io.thespace.limit.Allowances;
import io.thespace.mcp.dialogue.Dialogue;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Rejection;
import io.thespace.worker.Cancellation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The one registry of tools: every endpoint of the platform and of the plugins in service that is declared as one. Which of
 * them a caller sees and which the caller may call is one decision, that of {@link Pipeline#admit}.
 */
@ApplicationScoped
public class Tools {

    /** The argument that brings an idempotency key; no endpoint has a parameter of this name. */
    public static final String KEY = "idempotency_key";

    /** The size of an answer, in bytes. */
    static final int MAX_ANSWER_BYTES = 1_048_576;

    private Routes routes;
    private Pipeline pipeline;
    private Actions actions;
    private Derived<Map<String, McpTool>> tools;

    Tools() {}

    @Inject
    Tools(Routes routes, Pipeline pipeline, Actions actions) {
        this.routes = routes;
        this.pipeline = pipeline;
        this.actions = actions;
        this.tools = new Derived<>(routes, Tools::byName);
    }

    /** The tools that the actor may call now, by name. */
    public List<McpTool> list(Actor actor) {
        return tools.now().values().stream()
                .filter(tool -> pipeline.allows(tool.route().endpoint(), actor))
                .toList();
    }

    /**
     * The tools that the actor may call now, in pages.
     *
     * @param cursor null for the first page
     * @throws Rejection {@code CURSOR_INVALID}
     */
    public McpPage<McpTool> page(Actor actor, String cursor) {
        return McpPage.of(list(actor), McpTool::name, cursor);
    }

    /**
     * A tool that the actor may call now.
     *
     * @throws Rejection {@code TOOL_UNKNOWN}: what the actor may not call answers as what there is not
     */
    public McpTool find(Actor actor, String name) {
        return seek(actor, name)
                .orElseThrow(() -> new Rejection(
                        McpError.TOOL_UNKNOWN,
                        "There is no tool %s that you may call. List the tools.".formatted(name)));
    }

    /** As {@link #find}; empty for a tool that the actor may not call, and for one that there is not. */
    public Optional<McpTool> seek(Actor actor, String name) {
        return Optional.ofNullable(tools.now().get(name))
                .filter(tool -> pipeline.allows(tool.route().endpoint(), actor));
    }

    /** Returns the number of tools that are available now, regardless of permissions. */
    public int count() {
        return tools.now().size();
    }

    /** Grows with every change of what tools there are. */
    public long version() {
        return routes.version();
    }

    /**
     * Calls a tool as any caller of its endpoint would.
     *
     * @param tool the result of {@link #find}
     * @param arguments the endpoint's parameters and its body's members, and {@link #KEY}
     * @param key an idempotency key sent beside the arguments; null for none
     * @param report receives the remaining calls of each limit, when a limit applies
     * @param dialogue with the caller; ends with the call, and has the questions that the call waits for
     */
    public ToolResult call(
            Actor actor,
            McpTool tool,
            Map<String, Object> arguments,
            String key,
            Consumer<Allowances> report,
            Dialogue dialogue,
            Cancellation cancellation) {
        try (dialogue) {
            Map<String, Object> left = new LinkedHashMap<>(arguments);
            // A remote tool's own argument of that name, where the platform takes no key.
            Object own = tool.foreign() != null && !tool.takesKey() ? null : left.remove(KEY);
            String used = own == null ? key : own.toString();
            if (tool.needsKey() && used == null) {
                throw new Rejection(
                        McpError.KEY_MISSING,
                        "%s cannot be undone: send a new idempotency_key with each new call.".formatted(tool.name()));
            }
            pipeline.limit(tool.route().endpoint(), actor, List.of(), report);
            return result(tool, actions.call(actor, tool.route(), left, used, Json.MAPPER, dialogue, cancellation));
        } catch (Rejection refusal) {
            return ToolResult.refused(refusal);
        }
    }

    private static ToolResult result(McpTool tool, Answer answer) {
        if (answer.body().length > MAX_ANSWER_BYTES) {
            throw new Rejection(
                    McpError.ANSWER_TOO_LARGE,
                    "The answer has %d bytes; a tool may answer with %d. Ask for less."
                            .formatted(answer.body().length, MAX_ANSWER_BYTES));
        }
        if (tool.foreign() != null) {
            return ToolResult.foreign(Resources.read(answer), answer.replayed());
        }
        if (answer.mediaType() == null) {
            return new ToolResult("Done.", null, null, answer.replayed(), null);
        }
        String media = McpTool.media(answer.mediaType());
        if (media != null && !McpTool.textual(answer.mediaType())) {
            ArrayNode blocks = Json.MAPPER.createArrayNode();
            blocks.addObject()
                    .put("type", media)
                    .put("data", Base64.getEncoder().encodeToString(answer.body()))
                    .put("mimeType", answer.mediaType());
            String text = "%d bytes of %s.".formatted(answer.body().length, answer.mediaType());
            return new ToolResult(text, null, blocks, answer.replayed(), null);
        }
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.status() == 202 && tool.route().endpoint().answer().status() != 202) {
            // The output schema is that of a call that was made.
            return ToolResult.waiting(text, answer.replayed());
        }
        ArrayNode blocks = answer.mediaType().startsWith(Content.MCP) ? McpBlocks.read(answer.body()) : null;
        return new ToolResult(text, structured(tool, answer), blocks, answer.replayed(), null);
    }

    /** Lists stand under {@code items}: structured content is an object. */
    private static JsonNode structured(McpTool tool, Answer answer) {
        Endpoint.Shape.Form form = tool.route().endpoint().answer().form();
        if (form == Endpoint.Shape.Form.CONTENT || form == Endpoint.Shape.Form.NONE) {
            return null;
        }
        try {
            JsonNode body = Json.MAPPER.readTree(answer.body());
            if (body.isObject()) {
                return body;
            }
            ObjectNode items = Json.MAPPER.createObjectNode();
            items.set("items", body);
            return items;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer that was written as JSON can be read", e);
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory can be read", e);
        }
    }

    /**
     * The tools among endpoints, by name.
     *
     * @throws IllegalStateException when two have the same name
     */
    static Map<String, McpTool> byName(List<Route> routes) {
        Map<String, McpTool> byName = new TreeMap<>();
        for (Route route : routes) {
            if (McpTool.declared(route)) {
                McpTool tool = McpTool.of(route);
                if (byName.put(tool.name(), tool) != null) {
                    throw new IllegalStateException("Two endpoints are the tool " + tool.name());
                }
            }
        }
        return byName;
    }
}
