package io.thespace.ui.rest;

import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Role;
import io.thespace.ui.PluginUiView;
import io.thespace.ui.UiModules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/frontend/ui-registry}: what plugins add to the dashboard. */
@ApplicationScoped
@Governed
@Path("frontend/ui-registry")
@Tag(name = "UI")
@Requires(role = Role.GUEST)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UiRegistryResource {

    private UiModules modules;

    public UiRegistryResource() {}

    @Inject
    UiRegistryResource(UiModules modules) {
        this.modules = modules;
    }

    @GET
    @Operation(
            summary = "List what plugins add to the dashboard",
            description = "The settings pages, widgets and menu entries of each enabled plugin, as ES modules"
                    + " to `import()`. Each exports `mount(element, context)`.")
    public List<PluginUiView> list() {
        return modules.list();
    }
}
