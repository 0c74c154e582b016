package io.thespace.mcp.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Nullable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A requested output of the Open Inference Protocol (version 2).
 *
 * @param parameters ignored, since no model has any
 */
public record InferenceOutput(@NotNull @Size(min = 1, max = 1000) String name, @Nullable ObjectNode parameters) {}
