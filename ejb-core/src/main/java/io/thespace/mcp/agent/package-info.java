/**
 * Calls of agents: an agent's model answers a request, with the directives in force for the agent as its system prompt
 * and the agent's tools as functions.
 *
 * <p>Invariants: only an active agent is called. A tool that the model calls is called as any caller of its endpoint
 * would, by the caller of the agent: it needs to be in the agent's list and allowed to the caller. No transaction is
 * active while a model or a tool is called. A repeated request repeats no effect of its tools.
 *
 * <p>Failures: the codes of the gateway's models, of sessions and of agents, and the database.
 */
package io.thespace.mcp.agent;
