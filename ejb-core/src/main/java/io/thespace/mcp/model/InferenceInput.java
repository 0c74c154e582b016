package io.thespace.mcp.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Nullable;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * An input tensor of the Open Inference Protocol (version 2).
 *
 * @param shape the sizes of its dimensions
 * @param datatype as the model declares it, for example {@code BYTES} for texts or {@code FP32}
 * @param parameters ignored, since no model has any
 * @param data its elements, row by row; nested arrays are flattened
 */
public record InferenceInput(
        @NotNull @Size(min = 1, max = 63) String name,
        @NotNull @Size(max = 8) List<@NotNull @Min(0) Long> shape,
        @NotNull @Size(max = 10) String datatype,
        @Nullable ObjectNode parameters,
        @NotNull ArrayNode data) {

    /** For the documentation. */
    public static final InferenceInput EXAMPLE = new InferenceInput(
            "prompt",
            List.of(1L),
            "BYTES",
            null,
            JsonNodeFactory.instance.arrayNode().add("Say hello."));
}
