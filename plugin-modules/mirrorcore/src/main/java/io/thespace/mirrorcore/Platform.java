package io.thespace.mirrorcore;

import io.thespace.plugin.api.Events;
import io.thespace.plugin.api.PluginContext;
import jakarta.enterprise.context.ApplicationScoped;

/** The platform's services, set when the plugin is started. */
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
