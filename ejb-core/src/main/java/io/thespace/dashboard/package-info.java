/**
 * What somebody sees first: who and where they are, the plugins with their widgets and health, and what happened.
 *
 * <p>It holds nothing itself. What may fail: a plugin that does not answer is shown as failing; else nothing but the database.
 */
package io.thespace.dashboard;
