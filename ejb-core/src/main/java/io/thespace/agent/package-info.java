/**
 * Agents: programs that act for an organization with a model, a list of tools they may use, and a budget.
 *
 * <p>Invariants: an agent's state changes only along {@link io.thespace.agent.AgentStatus}'s table; an agent that is not
 * active may not act, on any node, within a second; an archived one stays so. Only what never acted, or never will again,
 * can be deleted.
 *
 * <p>What may fail: nothing but what {@link io.thespace.agent.AgentError} says, and the database.
 */
package io.thespace.agent;
