/**
 * Servers behind the MCP server: remote ones, and virtual ones that combine remote and own tools, as administrators register them.
 *
 * <p>Invariants: of a remote server only what was accepted is in service; a credential leaves the database for the address alone that
 * it was given for.
 */
package io.thespace.mcp.federation;
