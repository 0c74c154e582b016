/**
 * The transactional outbox and its relay. Events are rows written in the transaction of their cause, so an event is there exactly when
 * its cause is; the relay delivers them to subscribers, at least once and in order per subject.
 *
 * <p>Invariants: an event is never changed, but for the erasure of a person; one tenant never sees another's. Publishing fails only with
 * its transaction. A subscriber's position moves only under its current lease.
 */
package io.thespace.event;
