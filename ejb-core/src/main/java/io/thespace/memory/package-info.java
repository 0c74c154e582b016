/**
 * Memories: what an agent, or a whole organization, keeps in mind, with how much it matters, when it holds and whom it is about.
 *
 * <p>Invariants: an agent that acts sees its own memories and the organization's, and changes its own only. The same content
 * (in Unicode's NFKC, without regard to case and white space) is kept once for each agent and once for the organization; a
 * unique index decides between two who come at once. A memory that does not hold at the time that is asked for is not found.
 * Every list and every deletion is bounded; a search looks at a bounded number of candidates for a bounded time.
 *
 * <p>What may fail: nothing but what {@link io.thespace.memory.MemoryError} says, and the database.
 */
package io.thespace.memory;
