package io.thespace.plugin;

import jakarta.annotation.Nullable;

/**
 * The data of the events about plugins: {@code plugin_installed}, {@code plugin_enabled}, {@code plugin_disabled}, {@code
 * plugin_upgraded}, {@code plugin_uninstalled}.
 *
 * @param from the version before an upgrade
 */
public record PluginHappened(String pluginId, String version, @Nullable String from) {}
