package io.thespace.monitoring;

/**
 * The migration history of a schema.
 *
 * @param version the newest applied version; null when there is none
 * @param failed the number of scripts that failed and were not repaired
 */
record AppliedMigrations(String version, long failed) {}
