package io.thespace.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Calls a tool.
 *
 * @param arguments as the tool's input schema has them; null for none
 */
public record InvocationOrder(ObjectNode arguments) {

    /** For the documentation. */
    public static final InvocationOrder EXAMPLE =
            new InvocationOrder(JsonNodeFactory.instance.objectNode().put("query", "morning call"));
}
