package io.thespace.mcp;

import io.thespace.plugin.api.client.LogLevel;
import java.util.UUID;

/**
 * A session of an MCP client.
 *
 * @param protocolVersion what client and server agreed on, for example {@code 2025-11-25}
 * @param client the client's parameters of {@code initialize}, JSON
 * @param logLevel the least severe messages of a log that the client wants
 */
public record McpSessionView(UUID id, String protocolVersion, String client, LogLevel logLevel) {}
