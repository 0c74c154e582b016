/**
 * The connection to Redis, which holds only data that the platform can do without: limits, caches, fan-out.
 *
 * <p>Invariants: no call waits for Redis longer than a few hundred milliseconds; every query has a fallback; loss and
 * recovery of the connection are each logged once.
 */
package io.thespace.redis;
