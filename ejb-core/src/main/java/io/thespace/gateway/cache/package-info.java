/**
 * Answers of upstreams that are kept in Redis (RFC 9111), and requests for the same answer that are sent once.
 *
 * <p>Invariants: no answer is kept that its upstream does not allow for all callers, and none is given to another organization; all
 * copies that a node holds together are bounded.
 *
 * <p>What may fail: Redis, without which nothing is kept.
 */
package io.thespace.gateway.cache;
