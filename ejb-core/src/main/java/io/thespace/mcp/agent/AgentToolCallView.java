package io.thespace.mcp.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Nullable;

/**
 * A call of a tool by an agent's model.
 *
 * @param name the tool, as the model called it
 * @param arguments the arguments; null when they are not a JSON object or longer than 8,000 characters
 * @param isError whether the call failed or was refused
 */
public record AgentToolCallView(String name, @Nullable ObjectNode arguments, boolean isError) {

    /** For the documentation. */
    public static final AgentToolCallView EXAMPLE = new AgentToolCallView(
            "memory_search", JsonNodeFactory.instance.objectNode().put("query", "morning call"), false);
}
