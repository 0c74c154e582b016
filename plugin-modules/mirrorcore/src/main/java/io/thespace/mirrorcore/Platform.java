package io.thespace.mirrorcore;

import io.thespace.plugin.api.Events;
import io.thespace.plugin.api.PluginContext;
import jakarta.enterprise.context.ApplicationScoped;

/** What the platform handed over when the plugin was started. */
@ApplicationScoped
class Platform {

    private volatile PluginContext context;

    void open(PluginContext handed) {
        this.context = handed;
    }

    Events events() {
        return context.events();
    }
}
