package io.thespace.mcp.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A tensor of the Open Inference Protocol (version 2).
 *
 * @param shape the sizes of its dimensions
 * @param datatype as the model declares it, for example {@code BYTES} for texts or {@code FP32}
 * @param data its elements, row by row; nested arrays are flattened
 */
public record InferenceTensor(
        @NotNull @Size(min = 1, max = 63) String name,
        @NotNull @Size(max = 8) List<@NotNull @Min(0) Long> shape,
        @NotNull @Size(max = 10) String datatype,
        @NotNull ArrayNode data) {

    /** For the documentation. */
    public static final InferenceTensor EXAMPLE = new InferenceTensor(
            "prompt", List.of(1L), "BYTES", JsonNodeFactory.instance.arrayNode().add("Say hello."));
}
