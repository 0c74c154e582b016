package io.thespace.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Nullable;
import java.util.UUID;

/**
 * Calls a tool.
 *
 * @param arguments as the tool's input schema has them; null for none
 * @param contextId a context of the caller's, whose parts are taken for arguments that are missing; null for none
 */
public record InvocationOrder(@Nullable ObjectNode arguments, @Nullable UUID contextId) {

    /** For the documentation. */
    public static final InvocationOrder EXAMPLE =
            new InvocationOrder(JsonNodeFactory.instance.objectNode().put("query", "morning call"), null);
}
