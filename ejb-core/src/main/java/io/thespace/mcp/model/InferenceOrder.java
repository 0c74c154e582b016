package io.thespace.mcp.model;

import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * An inference request of the Open Inference Protocol (version 2).
 *
 * @param id returned with the response; null for none
 * @param inputs the model's inputs
 */
public record InferenceOrder(
        @Nullable @Size(max = 128) String id,
        @NotNull @Size(min = 1, max = 16) List<@NotNull @Valid InferenceTensor> inputs) {

    /** For the documentation. */
    public static final InferenceOrder EXAMPLE = new InferenceOrder("1", List.of(InferenceTensor.EXAMPLE));
}
