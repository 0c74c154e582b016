/**
 * Agents: programs that act for an organization with a model, a list of tools they may use, and a budget.
 *
 * <p>Invariants: an agent's state changes only along {@link io.thespace.agent.AgentStatus}'s table; an agent that is
 * not active is rejected on every node within a second; archiving is final. Only agents that are drafts or archived can
 * be deleted.
 *
 * <p>Failures: the codes of {@link io.thespace.agent.AgentError}, and the database.
 */
package io.thespace.agent;
