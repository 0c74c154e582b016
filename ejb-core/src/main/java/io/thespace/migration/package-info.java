/**
 * Brings the database to the shape that this version needs, before anything else starts.
 *
 * <p>Invariants: the platform's migrations run as the owner of its tables, those of a plugin as the plugin's own role, which
 * owns the plugin's schema and nothing else; that of a bundled plugin can sign in only meanwhile, and an installed plugin works in
 * sessions of its role; everything else runs as a role that owns none of
 * the platform's tables. Of nodes that start at once on one database, the first migrates and the others wait. A failure of the
 * platform's own scripts stops the start and says why; one of a plugin's keeps that plugin out of service.
 */
package io.thespace.migration;
