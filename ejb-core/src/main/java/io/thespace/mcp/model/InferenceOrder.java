package io.thespace.mcp.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Nullable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * An inference request of the Open Inference Protocol (version 2).
 *
 * @param id returned with the response; null for none
 * @param parameters ignored, since no model has any
 * @param inputs the model's inputs
 * @param outputs the outputs to return; null or empty for all
 */
public record InferenceOrder(
        @Nullable @Size(max = 128) String id,
        @Nullable ObjectNode parameters,
        @NotNull @Size(min = 1, max = 16) List<@NotNull @Valid InferenceInput> inputs,
        @Nullable @Size(max = 64) List<@NotNull @Valid InferenceOutput> outputs) {

    /** For the documentation. */
    public static final InferenceOrder EXAMPLE = new InferenceOrder("1", null, List.of(InferenceInput.EXAMPLE), null);
}
