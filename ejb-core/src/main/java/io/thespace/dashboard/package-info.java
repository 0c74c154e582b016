/**
 * The dashboard's start page: the caller and organization, the plugins with widgets and health, and recent notifications.
 *
 * <p>It holds nothing itself. What may fail: a plugin that does not answer is shown as failing; else nothing but the database.
 */
package io.thespace.dashboard;
