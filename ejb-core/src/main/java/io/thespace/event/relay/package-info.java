/**
 * The relay: gives committed events their positions in the log and delivers them to subscribers (ADR 0044).
 *
 * <p>Invariants: delivery is at least once and in order per subject; a subscriber's position moves only under its current lease; one
 * subscriber that fails, hangs or is away delays no other.
 *
 * <p>What may fail: subscribers, whose events are attempted again and then parked; the database, after which the relay goes on by
 * itself; a node, whose leases run out.
 */
package io.thespace.event.relay;
