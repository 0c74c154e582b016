/**
 * The relay: assigns committed events their positions in the log and delivers them to subscribers (ADR 0044).
 *
 * <p>Invariants: delivery is at least once and in order per subject; a subscriber's position moves only under its
 * current lease; a subscriber that fails, hangs or is unavailable does not delay others.
 *
 * <p>Failures: subscribers, whose events are retried and then parked; the database, after which the relay continues by
 * itself; a node, whose leases expire.
 */
package io.thespace.event.relay;
