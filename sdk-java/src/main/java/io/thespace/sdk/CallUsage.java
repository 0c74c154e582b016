package io.thespace.sdk;

/**
 * The usage of a call of a model or a tool; null members are unknown.
 *
 * @param model its name
 * @param inputTokens the number of input tokens
 * @param outputTokens the number of output tokens
 * @param latencyMs the duration, up to an hour
 * @param error the error; null without one
 */
public record CallUsage(
        String model, Long inputTokens, Long outputTokens, Spend cost, Integer latencyMs, String error) {}
