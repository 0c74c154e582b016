/**
 * The MCP server at {@code /api/mcp}: one servlet that identifies the caller and finds out which wire a request speaks. What both
 * wires share is in {@code message}; {@code session} is the wire of 2025-06-18 and 2025-11-25, {@code stateless} that of
 * 2026-07-28.
 */
package io.thespace.mcp.servlet;
