/** The common part of both wires of the MCP server: messages, errors, and tool calls of an authenticated caller. */
package io.thespace.mcp.servlet.message;
