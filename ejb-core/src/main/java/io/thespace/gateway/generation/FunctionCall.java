package io.thespace.gateway.generation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's call of a function.
 *
 * @param id the id by which the model recognizes the result
 * @param name the function's name, as the model wrote it
 * @param arguments the arguments, as the model wrote them; usually a JSON object
 */
public record FunctionCall(String id, String name, String arguments) {

    /** The maximum of calls in one message; further ones are dropped. */
    static final int MAX_CALLS = 128;

    /** The calls of a message; servers that send arguments as an object instead of a text are understood, too. */
    static List<FunctionCall> of(JsonNode message) {
        List<FunctionCall> calls = new ArrayList<>();
        for (JsonNode call : message.path("tool_calls")) {
            if (calls.size() == MAX_CALLS) {
                break;
            }
            JsonNode function = call.path("function");
            JsonNode arguments = function.path("arguments");
            String id = call.path("id").asText("");
            calls.add(new FunctionCall(
                    id.isEmpty() ? "call_" + calls.size() : id,
                    function.path("name").asText(""),
                    arguments.isContainerNode() ? arguments.toString() : arguments.asText("")));
        }
        return calls;
    }
}
