package io.thespace.plugin.api;

/** The platform's services for a plugin, passed to it at its start. Each needs a permission that an administrator grants. */
public interface PluginContext {

    Events events();

    Directory directory();

    Database database();

    /** Actions of other plugins. */
    Actions actions();

    /** Synthetic users in the sandbox organization. */
    Sandbox sandbox();
}
