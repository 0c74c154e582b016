package io.thespace.mcp;

import io.thespace.plugin.api.client.LogLevel;
import java.util.UUID;

/**
 * A session of an MCP client.
 *
 * @param protocolVersion the negotiated version, for example {@code 2025-11-25}
 * @param client the client's parameters of {@code initialize}, JSON
 * @param logLevel the minimum severity of log messages for the client
 */
public record McpSessionView(UUID id, String protocolVersion, String client, LogLevel logLevel) {}
