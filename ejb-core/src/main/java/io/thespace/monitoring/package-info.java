/**
 * How the node and what it depends on are.
 *
 * <p>Invariants: liveness asks no other system; readiness asks everything that a request needs, each with a time limit, and
 * tells what is away (down) from what the platform can do without (degraded). Deep health asks everything at the same time,
 * each within its own limit, and says what to do. Business numbers are counted from the events that plugins declare, within
 * the actor's organization, in queries that are bounded in rows and in time.
 */
package io.thespace.monitoring;
