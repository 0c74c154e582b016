/**
 * Memories: facts stored for an agent or a whole organization, with importance, validity and the person they are about.
 *
 * <p>Invariants: an acting agent can read its own memories and the organization's, and change its own only. The same
 * content (in Unicode's NFKC, without regard to case and white space) is stored once for each agent and once for the
 * organization; a unique index resolves concurrent inserts. A memory that is not valid at the requested time is not
 * found. Every list and every deletion is bounded; a search examines a bounded number of candidates in a bounded time.
 *
 * <p>Failures: the codes of {@link io.thespace.memory.MemoryError}, and the database.
 */
package io.thespace.memory;
