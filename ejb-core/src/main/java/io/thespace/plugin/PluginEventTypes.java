package io.thespace.plugin;

import io.thespace.event.EventPublisher;
import io.thespace.event.PublishedType;
import io.thespace.plugin.api.EventType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** The events about plugins, and those that the plugins of this node declare. */
@ApplicationScoped
class PluginEventTypes implements EventPublisher {

    static final String SOURCE = "/control-center/plugins";
    static final EventType INSTALLED = type("plugin_installed", "A plugin was installed");
    static final EventType ENABLED = type("plugin_enabled", "A plugin was enabled");
    static final EventType DISABLED = type("plugin_disabled", "A plugin was disabled");
    static final EventType UPGRADED = type("plugin_upgraded", "A plugin got another version");
    static final EventType UNINSTALLED = type("plugin_uninstalled", "A plugin was uninstalled");

    static final EventType FAILED = new EventType(
            "plugin_failed",
            "A plugin that is enabled could not be started on a node; the subject is the plugin's id.",
            PluginFailed.class);

    @Inject
    private Plugins plugins;

    private static EventType type(String name, String what) {
        return new EventType(name, what + "; the subject is the plugin's id.", PluginHappened.class);
    }

    @Override
    public List<PublishedType> types() {
        List<PublishedType> types = new ArrayList<>();
        for (EventType type : List.of(INSTALLED, ENABLED, DISABLED, UPGRADED, UNINSTALLED, FAILED)) {
            types.add(new PublishedType(SOURCE, type));
        }
        for (RunningPlugin plugin : plugins.running()) {
            plugin.events().forEach(type -> types.add(new PublishedType("/plugins/" + plugin.id(), type)));
        }
        return types;
    }
}
