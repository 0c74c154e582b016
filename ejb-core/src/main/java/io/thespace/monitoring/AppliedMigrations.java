package io.thespace.monitoring;

/**
 * What the history of a schema tells.
 *
 * @param version the newest that was applied; null when none was
 * @param failed how many scripts failed and were left so
 */
record AppliedMigrations(String version, long failed) {}
