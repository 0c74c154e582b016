package io.thespace.plugin.api.client;

/**
 * The response of the client's language model.
 *
 * @param text empty when the answer has no text
 * @param model its name
 * @param stopReason why the answer ends where it does, for example {@code endTurn}; null when the client does not say
 */
public record SamplingAnswer(String text, String model, String stopReason) {}
