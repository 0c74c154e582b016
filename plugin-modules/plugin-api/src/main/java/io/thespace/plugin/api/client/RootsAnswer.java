package io.thespace.plugin.api.client;

import java.util.List;

/** The directories that a client works in. */
public record RootsAnswer(List<Root> roots) {

    /**
     * A directory.
     *
     * @param uri begins with {@code file://}
     * @param name null for none
     */
    public record Root(String uri, String name) {}

    public RootsAnswer {
        roots = List.copyOf(roots);
    }
}
