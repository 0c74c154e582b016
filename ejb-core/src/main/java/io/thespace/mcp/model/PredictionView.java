package io.thespace.mcp.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.gateway.model.ModelUsage;

/**
 * A prediction.
 *
 * @param outputs by name: of a chat model {@code result}; of an embeddings model {@code embeddings}, a vector for each
 *     text; of an ONNX model its own, as lists of lists
 * @param model the model that answered; a fallback when the named model failed
 */
public record PredictionView(ObjectNode outputs, String model, ModelUsage usage) {

    /** For the documentation. */
    public static final PredictionView EXAMPLE = new PredictionView(
            JsonNodeFactory.instance.objectNode().put("result", "Hello."), "local-llama-3-8b", new ModelUsage(4L, 2L));
}
