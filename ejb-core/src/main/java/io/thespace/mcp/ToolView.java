package io.thespace.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.Nullable;

/**
 * A tool that the caller may call.
 *
 * @param inputSchema of its arguments, a JSON Schema (2020-12)
 * @param outputSchema of its structured result; null when it has none
 * @param server its server: {@code the-space}
 */
public record ToolView(
        String name,
        String title,
        String description,
        ObjectNode inputSchema,
        @Nullable ObjectNode outputSchema,
        ToolHints annotations,
        String server) {

    /** For the documentation. */
    public static final ToolView EXAMPLE = new ToolView(
            "memory_search",
            "Search memories",
            "Search memories. Full text (all words), and likeness by trigrams.",
            JsonNodeFactory.instance.objectNode().put("type", "object"),
            JsonNodeFactory.instance.objectNode().put("type", "object"),
            new ToolHints(true, false, true),
            "the-space");

    /**
     * Hints about the effects of a call.
     *
     * @param readOnlyHint whether it only reads
     * @param destructiveHint whether it replaces or removes data, or cannot be undone
     * @param idempotentHint whether repeating the call has no further effect
     */
    public record ToolHints(boolean readOnlyHint, boolean destructiveHint, boolean idempotentHint) {}
}
