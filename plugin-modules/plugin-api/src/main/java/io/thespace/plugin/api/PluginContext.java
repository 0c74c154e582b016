package io.thespace.plugin.api;

/** What the platform hands to a plugin at its start. Each part refuses a plugin that was not granted its permission. */
public interface PluginContext {

    Events events();

    Directory directory();

    Database database();

    /** What other plugins declare as actions. */
    Actions actions();

    /** Users that are not real, to try the platform with. */
    Sandbox sandbox();
}
