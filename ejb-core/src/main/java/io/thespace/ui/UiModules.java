package io.thespace.ui;

import io.thespace.plugin.Manifest;
import io.thespace.plugin.Manifest.UiModule;
import io.thespace.plugin.Plugins;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Rejection;
import io.thespace.ui.PluginUiView.ModuleView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** The modules of the enabled plugins, and the files they are made of. */
@ApplicationScoped
public class UiModules {

    /**
     * The only files that are given out, by the ending of their names. No HTML: a page of a plugin's would act with the
     * rights of the whole site, and a module needs none.
     */
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "js", "text/javascript;charset=utf-8",
            "mjs", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2");

    private static final Map<String, String> HEADERS = Map.of(
            // Always revalidated: a file changes with its plugin, and modules import each other by names that do not
            // change.
            "Cache-Control", "public, no-cache",
            // For an image opened by itself: styles are allowed, scripts are not.
            "Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox");

    private Plugins plugins;

    UiModules() {}

    @Inject
    UiModules(Plugins plugins) {
        this.plugins = plugins;
    }

    /** Returns the dashboard modules of each enabled plugin, by id; plugins without modules are left out. */
    public List<PluginUiView> list() {
        return plugins.enabled().stream()
                .filter(manifest -> !manifest.ui().isEmpty())
                .map(manifest -> new PluginUiView(
                        manifest.id(),
                        manifest.name(),
                        manifest.version(),
                        modules(manifest, UiModule.Place.SETTINGS),
                        modules(manifest, UiModule.Place.WIDGET),
                        modules(manifest, UiModule.Place.MENU)))
                .toList();
    }

    private static List<ModuleView> modules(Manifest manifest, UiModule.Place place) {
        return manifest.ui().stream()
                .filter(module -> module.place() == place)
                .map(module -> new ModuleView(
                        module.title() == null ? manifest.name() : module.title(),
                        "/api/plugins/%s/ui/%s".formatted(manifest.id(), module.module())))
                .toList();
    }

    /**
     * A file of an enabled plugin.
     *
     * @param path below the plugin's {@code ui/}
     * @throws Rejection {@code UNKNOWN_PLUGIN} or {@code UNKNOWN_FILE}
     */
    public Content file(String plugin, String path) {
        String mediaType = MEDIA_TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        return plugins.file(plugin, "ui/" + path)
                .filter(bytes -> mediaType != null)
                .map(bytes -> new Content(mediaType, bytes, HEADERS).tagged())
                .orElseThrow(() -> new Rejection(
                        UiError.UNKNOWN_FILE,
                        "The plugin %s does not serve a file %s. GET /api/frontend/ui-registry lists the available modules."
                                .formatted(plugin, path)));
    }
}
