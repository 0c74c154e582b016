/**
 * How the node and what it depends on are.
 *
 * <p>Invariants: liveness asks nobody else; readiness asks everything that a request needs, each with a time limit, and
 * tells what is away (down) from what the platform can do without (degraded).
 */
package io.thespace.monitoring;
