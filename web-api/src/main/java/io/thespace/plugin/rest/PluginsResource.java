package io.thespace.plugin.rest;

import static io.thespace.plugin.PluginError.UNKNOWN_PLUGIN;

import io.thespace.endpoint.Governed;
import io.thespace.endpoint.ReadableResource;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.PluginEndpointView;
import io.thespace.plugin.PluginError;
import io.thespace.plugin.PluginHealthView;
import io.thespace.plugin.PluginView;
import io.thespace.plugin.Plugins;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/plugins}: which plugins there are, their endpoints, and their health. */
@ApplicationScoped
@Governed
@Path("plugins")
@Tag(name = "Plugins")
@Requires(role = Role.GUEST)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PluginsResource {

    private static final String ID = "The plugin's id, in snake_case or kebab-case.";

    private Plugins plugins;

    public PluginsResource() {}

    @Inject
    PluginsResource(Plugins plugins) {
        this.plugins = plugins;
    }

    @GET
    @Operation(
            summary = "List the plugins",
            description = "Every plugin of the platform with its state, its events and what it asks for.")
    @ReadableResource
    public List<PluginView> list() {
        return plugins.list();
    }

    @GET
    @Path("{plugin}/endpoints")
    @Operation(
            summary = "List a plugin's endpoints",
            description = "The endpoints of the plugin that answer now, with their declared status.")
    @PluginError.Refuses(UNKNOWN_PLUGIN)
    @ReadableResource
    public List<PluginEndpointView> endpoints(
            @PathParam("plugin") @Parameter(description = ID, example = "financial_business") String plugin) {
        return plugins.endpoints(plugin);
    }

    @GET
    @Path("{plugin}/health")
    @Operation(
            summary = "Get a plugin's health",
            description = "Whether the plugin can do its work, and since when it runs (uptime, in seconds).")
    @PluginError.Refuses(UNKNOWN_PLUGIN)
    public PluginHealthView health(
            @PathParam("plugin") @Parameter(description = ID, example = "financial_business") String plugin) {
        return plugins.health(plugin);
    }
}
