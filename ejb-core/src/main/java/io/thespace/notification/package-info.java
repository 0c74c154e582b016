/**
 * What a user is told of: the events of their organization that they may hear of, as far as they want to, read or unread.
 *
 * <p>A notification is an event and no row of its own; only what was read is kept. Administrators may hear of all events,
 * others of those that a channel opens to them, and of those that they caused or that are about them.
 *
 * <p>Invariants: what is older than {@code SPACE_NOTIFICATION_DAYS} is not listed; no query looks at more than 10,000 events.
 * What may fail: nothing but the database.
 */
package io.thespace.notification;
