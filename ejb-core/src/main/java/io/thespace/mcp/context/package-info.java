/**
 * Contexts: parts that MCP clients and agents keep between calls, such as the arguments that many calls share.
 *
 * <p>Invariants: a context belongs to one user; each part conforms to its schema; of two concurrent changes based on
 * the same version one is rejected; an expired context is no longer readable and is deleted within some minutes.
 */
package io.thespace.mcp.context;
