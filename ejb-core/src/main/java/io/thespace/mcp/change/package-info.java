/**
 * Notifications of MCP clients about changes of resources and lists, from every node to every node, and the reviews of
 * the clients that wait for them.
 */
package io.thespace.mcp.change;
