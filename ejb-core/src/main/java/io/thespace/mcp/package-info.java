/**
 * The Model Context Protocol's side of the platform: the registry of tools, and the sessions of the wires that have them.
 *
 * <p>Invariants: a caller sees exactly the tools that the caller may call; a call of a tool is a call of its endpoint, with the
 * same checks, limits, audit record and explanation; a session belongs to one user, and any node answers its requests.
 */
package io.thespace.mcp;
