/**
 * Notifications of a user: the events of their organization that they may read, filtered by their preferences, with a
 * read mark.
 *
 * <p>A notification is an event without a row of its own; only read marks are stored. Administrators may read all
 * events, others those of channels open to them, and those that they caused or that are about them.
 *
 * <p>Invariants: events older than {@code SPACE_NOTIFICATION_DAYS} are not listed; no query scans more than 10,000
 * events. Failures: those of the database only.
 */
package io.thespace.notification;
