package io.thespace.ui.rest;

import io.thespace.endpoint.Resource;
import io.thespace.plugin.PluginError;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import io.thespace.ui.PluginUiView;
import io.thespace.ui.PluginUiView.ModuleView;
import io.thespace.ui.UiError;
import io.thespace.ui.UiModules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** What plugins add to the dashboard. */
@ApplicationScoped
class UiResource implements Resource {

    private static final String FILES = "/api/plugins/financial_business/ui/";

    private UiModules modules;

    UiResource() {}

    @Inject
    UiResource(UiModules modules) {
        this.modules = modules;
    }

    @Override
    public String group() {
        return "UI";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/frontend/ui-registry")
                        .summary("List what plugins add to the dashboard")
                        .description(
                                "The settings pages, widgets and menu entries of each enabled plugin, as ES modules"
                                        + " to `import()`. Each exports `mount(element, context)`.")
                        .role(Role.GUEST)
                        .answersList(
                                PluginUiView.class,
                                new PluginUiView(
                                        "financial_business",
                                        "Financial Business",
                                        "1.0.0",
                                        List.of(new ModuleView("Accounts", FILES + "settings.js")),
                                        List.of(new ModuleView("Balance", FILES + "balance.js")),
                                        List.of(new ModuleView("Transactions", FILES + "transactions.js"))))
                        .handler(call -> modules.list()),
                Endpoint.get("/plugins/{plugin}/ui/{path}")
                        .summary("A file of a plugin's user interface")
                        .description(
                                "A module of an enabled plugin, or what it imports: JavaScript, CSS, JSON, SVG, PNG"
                                        + " and WOFF2. It is the same for everybody and needs no token, because an `import` in a"
                                        + " browser cannot send one. Send the `ETag` as `If-None-Match` to load only what has"
                                        + " changed.")
                        .path(
                                "plugin",
                                String.class,
                                "The plugin's id, in snake_case or kebab-case.",
                                "financial_business")
                        .tail("path", "The file, below the plugin's `ui/`.", "settings.js")
                        .answersContent("*/*")
                        .open()
                        .refuses(PluginError.UNKNOWN_PLUGIN, UiError.UNKNOWN_FILE)
                        .handler(call ->
                                modules.file(call.path("plugin", String.class), call.path("path", String.class))));
    }
}
