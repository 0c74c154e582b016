package io.thespace.mcp;

import java.util.List;

/**
 * The state of the MCP server.
 *
 * @param status {@code ok}
 * @param protocolVersions the revisions of the protocol that it speaks, the latest first
 * @param servers those whose tools it has
 */
public record McpHealthView(String status, List<String> protocolVersions, List<ServerView> servers) {

    /** For the documentation. */
    public static final McpHealthView EXAMPLE = new McpHealthView(
            "ok", List.of("2026-07-28", "2025-11-25", "2025-06-18"), List.of(new ServerView("the-space", "ok", 24)));

    /**
     * The health of a server.
     *
     * @param tools the number of its tools, regardless of permissions
     */
    public record ServerView(String name, String status, int tools) {}
}
