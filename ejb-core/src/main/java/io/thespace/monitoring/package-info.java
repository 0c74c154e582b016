/**
 * Health of the node and its dependencies.
 *
 * <p>Invariants: liveness accesses no other system; readiness checks every dependency of requests within a time limit,
 * and distinguishes required ones (down) from optional ones (degraded). Deep health checks all dependencies
 * concurrently, each within its own limit, and gives advice. Business numbers are counted from the events that plugins
 * declare, within the actor's organization, in queries that are bounded in rows and in time.
 */
package io.thespace.monitoring;
