/**
 * The transactional outbox: events are rows written in the transaction of their cause, so an event is there exactly when
 * its cause is.
 *
 * <p>Invariants: an event is never changed; one tenant never sees another's. Publishing fails only with its transaction.
 */
package io.thespace.event;
