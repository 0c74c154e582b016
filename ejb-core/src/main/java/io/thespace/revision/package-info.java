/**
 * Propagation of changes to all nodes. State that each node holds in memory has a revision in the database, which every
 * change increments.
 *
 * <p>Invariants: a change made on a node is in force there before its call returns, and on other nodes within a second,
 * with or without Redis. The state loaded last stays in force while the database is unavailable.
 */
package io.thespace.revision;
