/**
 * How nodes load what another node has changed. State that each node holds in memory has a revision in the database, which every change
 * increases.
 *
 * <p>Invariants: a change made on this node is in force there before its call is answered; on any other node it is within a second,
 * with or without Redis. What was loaded last stays in force while the database is away.
 */
package io.thespace.revision;
