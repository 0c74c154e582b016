/**
 * How each user wants the frontend: theme, locale, time zone and which notifications; one small document for each user and
 * organization.
 *
 * <p>Invariants: a document always fits its schema; of two who change it at once from the same state one is told so. What may
 * fail: nothing but the database.
 */
package io.thespace.preference;
