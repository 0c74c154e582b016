/**
 * Remote MCP servers as this node calls them, and virtual servers that combine them with the platform's own tools.
 *
 * <p>Invariants: a session at a remote server belongs to one caller; a call of a remote tool runs through the pipeline like a call of
 * an endpoint; what a remote server does costs its own tools only.
 */
package io.thespace.mcp.federation.remote;
