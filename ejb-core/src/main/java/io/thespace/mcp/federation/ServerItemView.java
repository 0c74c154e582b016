package io.thespace.mcp.federation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Nullable;

/**
 * A tool or prompt of a remote server.
 *
 * @param kind {@code tool} or {@code prompt}
 * @param state {@code in_service}; {@code new} or {@code changed} for one that is quarantined; {@code gone} for one that the server no
 *     longer has
 * @param accepted its definition as it was accepted; null when it never was
 * @param offered its definition as the server now has it, where that differs; null where it does not
 * @param digest of what the server now has: what an acceptance names, so that nothing else is accepted
 */
public record ServerItemView(
        String server,
        String kind,
        String name,
        String state,
        @Nullable ObjectNode accepted,
        @Nullable ObjectNode offered,
        String digest) {

    /** For the documentation. */
    public static final ServerItemView EXAMPLE = new ServerItemView(
            "files",
            "tool",
            "read_file",
            "changed",
            JsonNodeFactory.instance.objectNode().put("description", "Reads a file."),
            JsonNodeFactory.instance.objectNode().put("description", "Reads a file, up to 1 MiB of it."),
            "4f1c7e0a52b1d1de3cbe1f9af0ac2f7d9b50fbe0a1c2c8fb0e5d7f1f1e0b6a3c");

    static ServerItemView of(String server, ServerItem item) {
        String state = item.offered() != null
                ? item.accepted() == null ? "new" : "changed"
                : item.present() ? "in_service" : "gone";
        return new ServerItemView(
                server,
                item.kind(),
                item.name(),
                state,
                item.accepted(),
                item.offered(),
                Pin.digest(item.offered() == null ? item.accepted() : item.offered()));
    }
}
