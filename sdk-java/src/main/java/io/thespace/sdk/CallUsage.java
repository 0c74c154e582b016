package io.thespace.sdk;

/**
 * What a call of a model or a tool came to; what is null is not known.
 *
 * @param model its name
 * @param inputTokens how many tokens it read
 * @param outputTokens how many tokens it wrote
 * @param latencyMs how long it took, up to an hour
 * @param error what went wrong; null when nothing did
 */
public record CallUsage(
        String model, Long inputTokens, Long outputTokens, Spend cost, Integer latencyMs, String error) {}
