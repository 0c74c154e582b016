/**
 * Forwarding of one request to an upstream and of its response: addresses, connections, headers, retries, circuit
 * breakers and health checks.
 *
 * <p>Invariants: connections are made only to addresses that were checked when they were resolved; neither credentials
 * nor cookies of a caller reach an upstream; failures of an upstream affect its own route only (places, time limits,
 * circuit breaker, health checks); no container thread waits for an upstream, and of a body no more than some 128 KiB
 * is held.
 *
 * <p>Failures: every kind of failure of an upstream.
 */
package io.thespace.gateway.forward;
