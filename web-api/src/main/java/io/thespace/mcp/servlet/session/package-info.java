/** The wire of the MCP server that has sessions, of the revisions 2025-06-18 and 2025-11-25. */
package io.thespace.mcp.servlet.session;
