package io.thespace.event;

import io.thespace.plugin.api.EventType;

/**
 * A type of events and its publisher.
 *
 * @param source as in its events, for example {@code /plugins/financial_business}
 */
public record PublishedType(String source, EventType type) {}
