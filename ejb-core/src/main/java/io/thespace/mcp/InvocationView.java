package io.thespace.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.annotation.Nullable;

/**
 * What a call of a tool came to.
 *
 * @param result the answer as a text, or the sentence that says why there is none
 * @param isError whether there is none
 * @param structured the answer as JSON; null for none
 */
public record InvocationView(String result, boolean isError, @Nullable JsonNode structured) {

    /** For the documentation. */
    public static final InvocationView EXAMPLE = new InvocationView(
            "{\"items\":[],\"lists\":[]}",
            false,
            JsonNodeFactory.instance.objectNode().set("items", JsonNodeFactory.instance.arrayNode()));
}
