package io.thespace.event.relay;

/**
 * A selection of events that a subscriber receives.
 *
 * @param source the publisher, for example {@code /plugins/financial_business}; null for any
 * @param type exact match; null for any
 */
public record Interest(String source, String type) {}
