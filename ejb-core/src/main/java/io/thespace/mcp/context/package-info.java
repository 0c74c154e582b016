/**
 * Contexts: parts that MCP clients and agents keep between calls, such as the arguments that many calls share.
 *
 * <p>Invariants: a context belongs to one user; each part fits its schema; of two who change one at once from the same version
 * one is refused; an expired one is not read any more and is deleted within some minutes.
 */
package io.thespace.mcp.context;
