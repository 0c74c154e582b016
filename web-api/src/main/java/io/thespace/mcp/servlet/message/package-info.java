/** What both wires of the MCP server share: messages, errors, and calls of tools for an identified caller. */
package io.thespace.mcp.servlet.message;
