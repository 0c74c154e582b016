package io.thespace.mcp.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.EndpointError;
import io.thespace.gateway.generation.FunctionCall;
import io.thespace.json.Json;
import io.thespace.json.Texts;
import io.thespace.mcp.McpError;
import io.thespace.mcp.McpTool;
import io.thespace.mcp.ToolResult;
import io.thespace.mcp.Tools;
import io.thespace.mcp.dialogue.Dialogue;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Rejection;
import io.thespace.worker.Cancellation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The tools of an agent during one call of it. Confined to one thread. */
final class AgentTools {

    /** The maximum of a result that the model reads, in characters. */
    static final int MAX_RESULT = 32_768;

    /** The maximum of arguments, in characters of JSON. */
    static final int MAX_ARGUMENTS = 65_536;

    private static final int MAX_LISTED_ARGUMENTS = 8_000;
    private static final int MAX_DESCRIPTION = 1_024;
    private static final int MAX_NAME = 128;

    /** The names that OpenAI's chat completions allow for functions. */
    private static final Pattern FUNCTION = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    /**
     * The outcome of a call.
     *
     * @param text the result, or the reason of the failure, for the model
     */
    record Outcome(AgentToolCallView call, String text) {}

    private final Tools tools;
    private final Actor actor;
    private final String keys;
    private final Cancellation cancellation;
    private final Map<String, McpTool> byFunction = new LinkedHashMap<>();
    private final List<ObjectNode> functions = new ArrayList<>();

    /** The calls with a key that are over. The next one has this number, so that another attempt has no second effect. */
    private int keyed;

    /**
     * The tools of an agent that the actor may call now.
     *
     * @param names the names in the agent's list
     * @param schemas returns the JSON Schema of a tool's arguments
     * @param keys the beginning of the idempotency keys of this call of the agent; null when the request has no key
     * @param cancellation cancels a running call
     */
    AgentTools(
            Tools tools,
            Actor actor,
            List<String> names,
            Function<McpTool, Map<String, Object>> schemas,
            String keys,
            Cancellation cancellation) {
        this.tools = tools;
        this.actor = actor;
        this.keys = keys;
        this.cancellation = cancellation;
        for (String name : names) {
            tools.seek(actor, name).ifPresent(tool -> {
                String function = FUNCTION.matcher(name).matches() ? name : "tool_" + byFunction.size();
                byFunction.put(function, tool);
                functions.add(function(function, tool, schemas.apply(tool)));
            });
        }
    }

    /** Returns the tools in the format of OpenAI's chat completions. */
    List<ObjectNode> functions() {
        return functions;
    }

    private static ObjectNode function(String name, McpTool tool, Map<String, Object> schema) {
        ObjectNode parameters = Json.MAPPER.valueToTree(schema);
        // The platform's own key makes a repeated call safe; a model's would not.
        if (parameters.get("properties") instanceof ObjectNode properties) {
            properties.remove(Tools.KEY);
        }
        if (parameters.get("required") instanceof ArrayNode required) {
            for (int i = required.size() - 1; i >= 0; i--) {
                if (required.get(i).asText().equals(Tools.KEY)) {
                    required.remove(i);
                }
            }
        }
        String description = tool.route().endpoint().description();
        ObjectNode function = Json.MAPPER.createObjectNode().put("type", "function");
        function.putObject("function")
                .put("name", name)
                .put(
                        "description",
                        Texts.truncate(
                                description.isBlank() ? tool.title() : tool.title() + ". " + description,
                                MAX_DESCRIPTION))
                .set("parameters", parameters);
        return function;
    }

    /**
     * Calls a tool for the model. A failure is an outcome.
     *
     * @throws Rejection {@code KEY_REUSED} when a repeated request would have another effect than the first; {@code
     *     KEY_IN_USE} while the same call of a concurrent request is running
     */
    Outcome call(FunctionCall call) {
        McpTool tool = byFunction.get(call.name());
        ObjectNode arguments = arguments(call.arguments());
        if (tool == null) {
            return refused(call, arguments, "There is no function %s for this agent.".formatted(name(call)));
        }
        if (arguments == null) {
            return refused(
                    call,
                    null,
                    "The arguments must be a JSON object of at most %d characters.".formatted(MAX_ARGUMENTS));
        }
        if (keys == null && tool.needsKey()) {
            return refused(
                    call,
                    arguments,
                    "%s cannot be undone. It is called only in a request with an Idempotency-Key."
                            .formatted(tool.name()));
        }
        // Counted for tools with keys alone: the number stays the same when reads come in another order.
        String key = keys == null || !tool.takesKey() ? null : keys + "-" + (keyed + 1);
        ToolResult result =
                tools.call(actor, tool, members(arguments), key, allowances -> {}, Dialogue.none(), cancellation);
        ErrorCode refusal = result.error() ? result.refusal().code() : null;
        if (refusal == EndpointError.KEY_IN_USE) {
            throw result.refusal();
        }
        if (refusal == EndpointError.KEY_REUSED) {
            throw new Rejection(
                    EndpointError.KEY_REUSED,
                    "The agent calls %s differently than the first time with this Idempotency-Key. Use a new key for a new request."
                            .formatted(tool.name()));
        }
        // After a refusal nothing is stored for the key, or the effect is unknown: another attempt must not be a new
        // call.
        if (key != null && (refusal == null || refusal == McpError.APPROVAL_AWAITED)) {
            keyed++;
        }
        return new Outcome(
                new AgentToolCallView(tool.name(), listed(arguments), result.error()), bounded(result.text()));
    }

    /** The outcome of a call that is not made. */
    static Outcome refused(FunctionCall call, String why) {
        return refused(call, arguments(call.arguments()), why);
    }

    private static Outcome refused(FunctionCall call, ObjectNode arguments, String why) {
        return new Outcome(new AgentToolCallView(name(call), listed(arguments), true), why);
    }

    /** Numbers stay exact: a decimal becomes a BigDecimal. */
    @SuppressWarnings("unchecked") // an object's members have names
    private static Map<String, Object> members(ObjectNode arguments) {
        Map<String, Object> members = Json.MAPPER.convertValue(arguments, Map.class);
        members.remove(Tools.KEY);
        return members;
    }

    /** The arguments of a call; null when they are not a JSON object, or too long. */
    private static ObjectNode arguments(String text) {
        if (text.length() > MAX_ARGUMENTS) {
            return null;
        }
        try {
            JsonNode read = Json.MAPPER.readTree(text.isBlank() ? "{}" : text);
            return read instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static ObjectNode listed(ObjectNode arguments) {
        return arguments == null || arguments.toString().length() > MAX_LISTED_ARGUMENTS ? null : arguments;
    }

    private static String name(FunctionCall call) {
        return Texts.truncate(Conversation.storable(call.name()), MAX_NAME);
    }

    private static String bounded(String text) {
        return text.length() <= MAX_RESULT
                ? text
                : Texts.truncate(text, MAX_RESULT) + "\n[Cut: the result has %d characters.]".formatted(text.length());
    }
}
