package io.thespace.event.relay;

/**
 * Events that a subscriber gets.
 *
 * @param source who publishes them, for example {@code /plugins/financial_business}; null for any
 * @param type exactly; null for any
 */
public record Interest(String source, String type) {}
