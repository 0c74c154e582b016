package io.thespace.mcp;

import java.util.UUID;

/**
 * A session of an MCP client.
 *
 * @param protocolVersion what client and server agreed on, for example {@code 2025-11-25}
 * @param client the client's parameters of {@code initialize}, JSON
 */
public record McpSessionView(UUID id, String protocolVersion, String client) {}
