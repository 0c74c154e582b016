package io.thespace.plugin.api;

/** What the platform hands to a plugin at its start. */
public interface PluginContext {

    Events events();

    Directory directory();
}
