package io.thespace.plugin.api.client;

/**
 * The progress of a call.
 *
 * @param done increases with each report
 * @param total the final value of {@code done}; null when it is not known
 * @param message the current activity; null for none
 */
public record Progress(double done, Double total, String message) {}
