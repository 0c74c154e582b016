package io.thespace.mcp.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.NotNull;

/**
 * Request of a prediction.
 *
 * @param inputs by name: of a chat model {@code prompt}, {@code system}, {@code temperature} and {@code max_tokens}; of an
 *     embeddings model {@code texts}; of an ONNX model its own, each a value or lists of lists
 */
public record PredictionOrder(@NotNull ObjectNode inputs) {

    /** For the documentation. */
    public static final PredictionOrder EXAMPLE =
            new PredictionOrder(JsonNodeFactory.instance.objectNode().put("prompt", "Say hello."));
}
