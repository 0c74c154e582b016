package io.thespace.plugin;

import java.time.Instant;
import java.util.Set;

/**
 * The desired state of a plugin.
 *
 * @param sha256 the archive of the version; null for a bundled plugin
 * @param reason why it is out of service, or why the last change failed; null otherwise
 * @param change in progress or interrupted; null for none
 * @param granted the permissions that an administrator granted
 */
record DesiredPlugin(
        String id,
        String version,
        String sha256,
        PluginState state,
        String reason,
        PluginChange change,
        Set<String> granted,
        Instant changedAt) {}
