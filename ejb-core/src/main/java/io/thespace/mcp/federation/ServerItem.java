package io.thespace.mcp.federation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Nullable;

/**
 * A tool or prompt of a remote server.
 *
 * @param kind {@code tool} or {@code prompt}
 * @param accepted its definition as it was accepted; null when it never was
 * @param offered its definition as the server now has it, where that differs; null where it does not
 * @param present whether the last reading found it
 */
public record ServerItem(
        String kind, String name, @Nullable ObjectNode accepted, @Nullable ObjectNode offered, boolean present) {

    /** The kind of tools. */
    public static final String TOOL = "tool";

    /** The kind of prompts. */
    public static final String PROMPT = "prompt";

    /** Whether callers may use it. */
    public boolean inService() {
        return present && accepted != null && offered == null;
    }

    /** Whether it waits for an administrator. */
    public boolean quarantined() {
        return offered != null;
    }
}
