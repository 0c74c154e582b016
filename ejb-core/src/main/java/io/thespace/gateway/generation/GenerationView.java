package io.thespace.gateway.generation;

import io.thespace.gateway.model.ModelUsage;
import jakarta.annotation.Nullable;

/**
 * What a model wrote.
 *
 * @param result its words
 * @param model which one wrote; another one than was asked when that one failed
 * @param finishReason why it stopped; null where its server does not say
 * @param usage what it took
 */
public record GenerationView(String result, String model, @Nullable FinishReason finishReason, ModelUsage usage) {}
