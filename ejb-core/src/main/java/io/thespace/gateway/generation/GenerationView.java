package io.thespace.gateway.generation;

import io.thespace.gateway.model.ModelUsage;
import jakarta.annotation.Nullable;

/**
 * A model's output.
 *
 * @param result the generated text
 * @param model the model that generated it; a fallback when the named model failed
 * @param finishReason the finish reason; null when the server does not report one
 * @param usage the token usage
 */
public record GenerationView(String result, String model, @Nullable FinishReason finishReason, ModelUsage usage) {}
