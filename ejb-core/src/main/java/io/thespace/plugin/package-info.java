/**
 * The plugins of this node: found, migrated, started, and mounted at {@code /api/plugins/{id}}.
 *
 * <p>Invariants: a plugin's endpoints answer only while it is enabled; a plugin that fails to start is out of service with
 * its reason and keeps nobody else from starting.
 */
package io.thespace.plugin;
