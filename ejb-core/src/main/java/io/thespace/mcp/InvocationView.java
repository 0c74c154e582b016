package io.thespace.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.annotation.Nullable;

/**
 * The result of calling a tool.
 *
 * @param result the result as a text, or the error message
 * @param isError whether the call failed
 * @param structured the result as JSON; null for none
 */
public record InvocationView(String result, boolean isError, @Nullable JsonNode structured) {

    /** For the documentation. */
    public static final InvocationView EXAMPLE = new InvocationView(
            "{\"items\":[],\"lists\":[]}",
            false,
            JsonNodeFactory.instance.objectNode().set("items", JsonNodeFactory.instance.arrayNode()));
}
