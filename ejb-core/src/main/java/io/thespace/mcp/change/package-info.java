/** Notifications of MCP clients about changes of resources and lists, from every node to every node. */
package io.thespace.mcp.change;
