package io.thespace.plugin.api;

import java.util.Objects;

/**
 * Events that a plugin processes: each that is committed while the plugin is installed, at least once, in order per source and
 * subject. What happens while the plugin is disabled is delivered when it is enabled again. Needs the permission {@code
 * events:subscribe}.
 *
 * @param source the publisher, for example {@code /plugins/financial_business}; null for any
 * @param type their type, for example {@code funds_transferred}
 * @param data a record with the members of their data that the handler needs; others are ignored
 */
public record Subscription<T>(String source, String type, Class<T> data, EventHandler<T> handler) {

    public Subscription {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(handler, "handler");
    }

    /** Events of a type from any source. */
    public static <T> Subscription<T> to(String type, Class<T> data, EventHandler<T> handler) {
        return new Subscription<>(null, type, data, handler);
    }

    /** The same type, from one source only. */
    public Subscription<T> from(String publisher) {
        return new Subscription<>(publisher, type, data, handler);
    }
}
