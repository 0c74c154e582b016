/**
 * The transactional outbox and the feed of events. Events are rows written in the transaction of their cause, so an event is there
 * exactly when its cause is; {@link io.thespace.event.relay} delivers them.
 *
 * <p>Invariants: an event is never changed, but for the erasure of a person; one tenant never sees another's. Publishing fails only with
 * its transaction.
 */
package io.thespace.event;
