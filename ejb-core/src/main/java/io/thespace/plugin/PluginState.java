package io.thespace.plugin;

/** Where a plugin is in its life. */
public enum PluginState {
    /** Its endpoints answer. */
    ENABLED,
    /** It did not start; it is out of service, with a reason. */
    FAILED
}
