/**
 * Servers behind the MCP server: remote ones, and virtual ones that combine remote and own tools, as administrators register them.
 *
 * <p>A server takes one credential of the administrator's, or each user's own: a token that the user deposits, or one that the
 * server's authorization server gives for the user ({@code authorization}).
 *
 * <p>Invariants: of a remote server only what was accepted is in service; a credential leaves the database for the address alone that
 * it was given for.
 */
package io.thespace.mcp.federation;
