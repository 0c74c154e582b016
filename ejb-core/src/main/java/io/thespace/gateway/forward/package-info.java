/**
 * One request on its way to an upstream and the answer on its way back: addresses, connections, headers, retries, circuit breakers and
 * health checks.
 *
 * <p>Invariants: nothing is connected to but an address that was checked when it was resolved; neither credentials nor cookies of a
 * caller reach an upstream; what an upstream does costs its own route alone (places, time limits, circuit breaker, health checks); no
 * container thread waits for an upstream, and of a body no more than some 128 KiB is held.
 *
 * <p>What may fail: upstreams, in every way.
 */
package io.thespace.gateway.forward;
