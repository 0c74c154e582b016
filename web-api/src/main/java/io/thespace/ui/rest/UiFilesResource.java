package io.thespace.ui.rest;

import static io.thespace.plugin.PluginError.UNKNOWN_PLUGIN;
import static io.thespace.ui.UiError.UNKNOWN_FILE;

import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Open;
import io.thespace.endpoint.RouteTable;
import io.thespace.plugin.PluginError;
import io.thespace.plugin.api.Content;
import io.thespace.ui.UiError;
import io.thespace.ui.UiModules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/plugins/{plugin}/ui}: the files of plugins' user interfaces. */
@ApplicationScoped
@Governed
@Path("plugins")
@Tag(name = "UI")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UiFilesResource {

    private UiModules modules;

    public UiFilesResource() {}

    @Inject
    UiFilesResource(UiModules modules) {
        this.modules = modules;
    }

    @GET
    @Path("{plugin}/ui/{path: " + RouteTable.TAIL + "}")
    @Produces(MediaType.WILDCARD)
    @Operation(
            summary = "A file of a plugin's user interface",
            description = "A module of an enabled plugin, or what it imports: JavaScript, CSS, JSON, SVG, PNG"
                    + " and WOFF2. It is the same for everybody and needs no token, because an `import` in a"
                    + " browser cannot send one. Send the `ETag` as `If-None-Match` to load only what has"
                    + " changed.")
    @Open
    @PluginError.Refuses(UNKNOWN_PLUGIN)
    @UiError.Refuses(UNKNOWN_FILE)
    public Content file(
            @PathParam("plugin")
                    @Parameter(
                            description = "The plugin's id, in snake_case or kebab-case.",
                            example = "financial_business")
                    String plugin,
            @PathParam("path") @Parameter(description = "The file, below the plugin's `ui/`.", example = "settings.js")
                    String path) {
        return modules.file(plugin, path);
    }
}
