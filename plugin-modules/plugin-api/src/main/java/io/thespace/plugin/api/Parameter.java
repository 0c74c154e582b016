package io.thespace.plugin.api;

/**
 * A typed value in an endpoint's path, query or headers.
 *
 * @param name in {@code snake_case}; of a header as HTTP spells it
 * @param in where it stands
 * @param type {@code String}, {@code UUID}, {@code Integer}, {@code Instant}, {@code Boolean} or an enum; anything else
 *     in the request is refused before the handler sees it
 * @param description one sentence for the API documentation
 * @param example a value that works in the documentation; null for none
 */
public record Parameter(String name, In in, Class<?> type, String description, Object example) {

    /** Where a parameter stands. Those of the path are always required, the others never. */
    public enum In {
        PATH,
        /** The rest of the path: one segment or more. */
        TAIL,
        QUERY,
        HEADER;

        /** Whether it is a part of the path. */
        public boolean path() {
            return this == PATH || this == TAIL;
        }
    }
}
