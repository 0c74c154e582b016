package io.thespace.mcp.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * An output tensor of the Open Inference Protocol (version 2).
 *
 * @param shape the sizes of its dimensions
 * @param datatype as the model declares it, for example {@code BYTES} for texts or {@code FP32}
 * @param data its elements, row by row
 */
public record InferenceTensor(String name, List<Long> shape, String datatype, ArrayNode data) {

    /** For the documentation. */
    public static final InferenceTensor EXAMPLE = new InferenceTensor(
            "result", List.of(1L), "BYTES", JsonNodeFactory.instance.arrayNode().add("Hello."));
}
