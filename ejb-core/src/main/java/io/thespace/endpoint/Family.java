package io.thespace.endpoint;

import java.util.Arrays;

/**
 * Endpoints under one path with the same conventions towards their clients. Everything else, from routing to
 * idempotency keys, is the same for every family; error format and authentication differ and are implemented in the
 * wire module. All else, from routing to idempotency keys, is the same for every family; how each wraps an error, and
 * how it finds out who calls, is told in the wire.
 */
public enum Family {
    /** The platform's own API and that of its plugins. */
    PLATFORM("/api", "X-Request-Id", false),

    /** For operators and their programs. */
    MANAGEMENT("/management", "X-Request-ID", true);

    private final String prefix;
    private final String requestIdHeader;
    private final boolean closed;

    Family(String prefix, String requestIdHeader, boolean closed) {
        this.prefix = prefix;
        this.requestIdHeader = requestIdHeader;
        this.closed = closed;
    }

    /** Returns the family of a path; the platform's for a path that belongs to no plugin. */
    public static Family of(String path) {
        return Arrays.stream(values())
                .filter(family -> path.equals(family.prefix) || path.startsWith(family.prefix + "/"))
                .findFirst()
                .orElse(PLATFORM);
    }

    /** Returns the prefix of each endpoint's own path. */
    public String prefix() {
        return prefix;
    }

    /** Returns the spelling of the request id's header; in requests it is case-insensitive. */
    public String requestIdHeader() {
        return requestIdHeader;
    }

    /** Whether unknown paths respond with 401 to callers without credentials, like all endpoints that are not open. */
    public boolean closed() {
        return closed;
    }
}
