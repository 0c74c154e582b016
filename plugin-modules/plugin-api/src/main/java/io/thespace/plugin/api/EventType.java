package io.thespace.plugin.api;

/**
 * A kind of event that a plugin publishes.
 *
 * @param name a past participle in {@code snake_case}, for example {@code funds_transferred}
 * @param description when it is published, as one sentence
 * @param data the record that each such event carries
 * @param publisher the least role of callers that may publish it themselves, with {@code POST /api/system/events}; null for none
 */
public record EventType(String name, String description, Class<?> data, Role publisher) {

    /** A type that only its plugin publishes. */
    public EventType(String name, String description, Class<?> data) {
        this(name, description, data, null);
    }
}
