package io.thespace.plugin.api.client;

/**
 * How far a call has come.
 *
 * @param done grows with each report
 * @param total what {@code done} comes to in the end; null when that is not known
 * @param message what happens at the moment; null for nothing
 */
public record Progress(double done, Double total, String message) {}
