/**
 * Brings the database to the shape that this version needs, before anything else starts.
 *
 * <p>Invariants: migrations run as the owner of the tables, everything else as the application's role; of nodes that start
 * at once on one database, the first migrates and the others wait. A failure stops the start and says why.
 */
package io.thespace.migration;
