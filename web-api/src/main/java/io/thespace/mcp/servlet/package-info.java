/**
 * The MCP server at {@code /api/mcp}: one servlet that authenticates the caller and determines the wire of a request.
 * The common part of both wires is in {@code message}; {@code session} is the wire of 2025-06-18 and 2025-11-25, {@code
 * stateless} that of 2026-07-28.
 */
package io.thespace.mcp.servlet;
