/** What clients of the MCP server are notified of: changes of resources and of lists, from every node to every node. */
package io.thespace.mcp.change;
