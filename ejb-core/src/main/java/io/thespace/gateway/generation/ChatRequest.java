package io.thespace.gateway.generation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A conversation for a chat model, with the functions that the model may call.
 *
 * @param order the model, its parameters and the system prompt; of a conversation its prompt is null
 * @param messages the messages after the system prompt, in the format of OpenAI's chat completions
 * @param functions the functions in that format; empty for none
 * @param mayCall whether the model may call a function this time
 */
public record ChatRequest(
        GenerateRequest order, List<ObjectNode> messages, List<ObjectNode> functions, boolean mayCall) {

    public ChatRequest {
        messages = List.copyOf(messages);
        functions = List.copyOf(functions);
    }

    /** The request to complete a text. */
    static ChatRequest of(GenerateRequest order) {
        ObjectNode prompt =
                JsonNodeFactory.instance.objectNode().put("role", "user").put("content", order.prompt());
        return new ChatRequest(order, List.of(prompt), List.of(), false);
    }

    /** Whether this is a turn of a conversation, whose response is a {@link ChatView}. */
    boolean conversation() {
        return order.prompt() == null;
    }

    public boolean streams() {
        return order.streams();
    }

    /** The number of characters that the model reads; of calls and functions as JSON. */
    long characters() {
        long characters = order.system() == null ? 0 : order.system().length();
        for (ObjectNode message : messages) {
            characters += message.path("content").asText("").length();
            characters += message.has("tool_calls")
                    ? message.get("tool_calls").toString().length()
                    : 0;
        }
        for (ObjectNode function : functions) {
            characters += function.toString().length();
        }
        return characters;
    }

    /** Without the texts. */
    @Override
    public String toString() {
        return "ChatRequest[" + order.model() + "]";
    }
}
