package io.thespace.plugin.rest;

import io.thespace.endpoint.Resource;
import io.thespace.plugin.PluginEndpointView;
import io.thespace.plugin.PluginError;
import io.thespace.plugin.PluginHealthView;
import io.thespace.plugin.PluginView;
import io.thespace.plugin.Plugins;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Which plugins there are, what they answer, and how they are. */
@ApplicationScoped
class PluginsResource implements Resource {

    private static final String ID = "The plugin's id, in snake_case or kebab-case.";

    private Plugins plugins;

    PluginsResource() {}

    @Inject
    PluginsResource(Plugins plugins) {
        this.plugins = plugins;
    }

    @Override
    public String group() {
        return "Plugins";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/plugins")
                        .summary("List the plugins")
                        .description("Every plugin of the platform with its state, its events and what it asks for.")
                        .role(Role.GUEST)
                        .answersList(
                                PluginView.class,
                                new PluginView(
                                        "financial_business",
                                        "Financial business",
                                        "1.0.0",
                                        "enabled",
                                        "Accounts and transfers on a double-entry ledger.",
                                        "The Space",
                                        10,
                                        List.of("funds_transferred"),
                                        List.of("settings", "widget", "menu"),
                                        List.of("events:publish")))
                        .handler(call -> plugins.list()),
                Endpoint.get("/plugins/{plugin}/endpoints")
                        .summary("List a plugin's endpoints")
                        .description("The endpoints of the plugin that answer now, with their declared status.")
                        .path("plugin", String.class, ID, "financial_business")
                        .role(Role.GUEST)
                        .answersList(
                                PluginEndpointView.class,
                                new PluginEndpointView(
                                        "POST",
                                        "/api/plugins/financial_business/transfer",
                                        "Transfer funds",
                                        "implemented",
                                        List.of("user", "admin"),
                                        false))
                        .refuses(PluginError.UNKNOWN_PLUGIN)
                        .handler(call -> plugins.endpoints(call.path("plugin", String.class))),
                Endpoint.get("/plugins/{plugin}/health")
                        .summary("Get a plugin's health")
                        .description("Whether the plugin can do its work, and since when it runs (uptime, in seconds).")
                        .path("plugin", String.class, ID, "financial_business")
                        .role(Role.GUEST)
                        .answers(
                                PluginHealthView.class,
                                new PluginHealthView(
                                        "ok", 12345, null, Map.of("implemented", 10, "mocked", 0, "pending", 0)))
                        .refuses(PluginError.UNKNOWN_PLUGIN)
                        .handler(call -> plugins.health(call.path("plugin", String.class))));
    }
}
