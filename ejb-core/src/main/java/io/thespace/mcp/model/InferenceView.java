package io.thespace.mcp.model;

import jakarta.annotation.Nullable;
import java.util.List;

/**
 * An inference response of the Open Inference Protocol (version 2).
 *
 * @param modelName the model that answered; a fallback when the named model failed
 * @param id of the request; null without one
 */
public record InferenceView(String modelName, @Nullable String id, List<InferenceTensor> outputs) {

    /** For the documentation. */
    public static final InferenceView EXAMPLE =
            new InferenceView("local-llama-3-8b", "1", List.of(InferenceTensor.EXAMPLE));
}
