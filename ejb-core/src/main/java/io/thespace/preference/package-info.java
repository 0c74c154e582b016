/**
 * User preferences: theme, locale, time zone and notifications; one small document for each user and organization.
 *
 * <p>Invariants: a document always conforms to its schema; of two concurrent changes based on the same version one is
 * rejected. Failures: those of the database only.
 */
package io.thespace.preference;
