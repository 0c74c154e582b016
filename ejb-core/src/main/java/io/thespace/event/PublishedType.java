package io.thespace.event;

import io.thespace.plugin.api.EventType;

/**
 * A kind of event and who publishes it.
 *
 * @param source as in the events, for example {@code /plugins/financial_business}
 */
public record PublishedType(String source, EventType type) {}
