package io.thespace.plugin;

/**
 * Data of the event that a plugin could not be started on a node.
 *
 * @param reason the step that failed, and why
 */
public record PluginFailed(String pluginId, String version, String reason) {}
