package io.thespace.plugin;

import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** What plugins hold about people, as far as it can be reached from this node. */
@ApplicationScoped
public class PluginPersonalData {

    private Plugins plugins;
    private Installations installations;

    PluginPersonalData() {}

    @Inject
    PluginPersonalData(Plugins plugins, Installations installations) {
        this.plugins = plugins;
        this.installations = installations;
    }

    /**
     * Data that no plugin answers for now.
     *
     * @param plugin whose schema it is in
     * @param advice why, and what to do, as a sentence
     */
    public record Unreachable(String plugin, String advice) {}

    /** The plugins that run on this node, by id. */
    public List<String> reachable() {
        return plugins.enabled().stream().map(Manifest::id).sorted().toList();
    }

    /**
     * Asks a plugin, on a thread of its own.
     *
     * @param within how long it may take
     * @throws ExecutionException around whatever was thrown
     * @throws Rejection when the plugin does not run, is busy or takes too long
     */
    public <T> T ask(String plugin, Function<PersonalData, T> question, Duration within) throws ExecutionException {
        return plugins.running(plugin)
                .orElseThrow(() -> Plugins.unknown(plugin))
                .people(question, within);
    }

    /**
     * The data in plugins' schemas that is the bound tenant's, or no tenant's, and that no plugin was asked for.
     *
     * @param asked the plugins that were {@linkplain #reachable reachable} and were asked. A plugin that has started since was not
     */
    public List<Unreachable> unreachable(Collection<String> asked) {
        List<Unreachable> found = new ArrayList<>();
        for (String schema : installations.schemasInUse()) {
            if (!asked.contains(schema)) {
                found.add(new Unreachable(schema, advice(schema, installations.find(schema))));
            }
        }
        return found;
    }

    /** The plugins that were removed with an export of their data, which administrators can still load. */
    public List<String> exported() {
        return installations.exported();
    }

    private static String advice(String plugin, Optional<DesiredPlugin> desired) {
        if (desired.isEmpty()) {
            return "%s is uninstalled and left its data. Install and enable it again, or install it and uninstall it with data=purge."
                    .formatted(plugin);
        }
        String why = desired.get().state() == PluginState.ENABLED
                ? "%s did not run on the node that looked".formatted(plugin)
                : "%s is %s".formatted(plugin, desired.get().state().text());
        return desired.get().sha256() == null
                ? why + ". Enable it."
                : why + ". Enable it, or uninstall it with data=purge.";
    }
}
