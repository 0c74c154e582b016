/**
 * The connection to Redis, which holds only what the platform can live without: limits, caches, fan-out.
 *
 * <p>Invariants: nothing waits for Redis longer than a few hundred milliseconds; whoever asks says what to do instead when
 * it is away; losing it and finding it again are each said once in the log.
 */
package io.thespace.redis;
