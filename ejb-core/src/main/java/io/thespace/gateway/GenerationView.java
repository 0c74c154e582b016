package io.thespace.gateway;

/**
 * What a model wrote.
 *
 * @param result its words
 * @param model which one wrote; another one than was asked when that one failed
 * @param usage what it took
 */
public record GenerationView(String result, String model, ModelUsage usage) {}
