package io.thespace.plugin.api;

/**
 * A typed value in an endpoint's path, query or headers.
 *
 * @param name in {@code snake_case}; of a header as HTTP spells it
 * @param in its location
 * @param type {@code String}, {@code UUID}, {@code Integer}, {@code Instant}, {@code Boolean} or an enum; other values
 *     are rejected before the handler is called
 * @param description one sentence for the API documentation
 * @param example a valid value for the documentation; null for none
 */
public record Parameter(String name, In in, Class<?> type, String description, Object example) {

    /**
     * The location of a parameter. Path parameters are always required, others never. Those of the path are always
     * required, the others never.
     */
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
