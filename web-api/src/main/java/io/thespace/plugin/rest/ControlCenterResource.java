package io.thespace.plugin.rest;

import static io.thespace.plugin.PluginError.ARCHIVE_INVALID;
import static io.thespace.plugin.PluginError.ARCHIVE_MISSING;
import static io.thespace.plugin.PluginError.ARCHIVE_TOO_LARGE;
import static io.thespace.plugin.PluginError.BUNDLED;
import static io.thespace.plugin.PluginError.CHANGE_UNDER_WAY;
import static io.thespace.plugin.PluginError.DEPENDED_ON;
import static io.thespace.plugin.PluginError.PERMISSION_NEEDED;
import static io.thespace.plugin.PluginError.PLUGIN_MISSING;
import static io.thespace.plugin.PluginError.REQUIREMENT_UNMET;
import static io.thespace.plugin.PluginError.SIGNATURE_INVALID;
import static io.thespace.plugin.PluginError.STEP_FAILED;
import static io.thespace.plugin.PluginError.TRANSITION_REFUSED;
import static io.thespace.plugin.PluginError.UNKNOWN_EXPORT;
import static io.thespace.plugin.PluginError.UNKNOWN_PLUGIN;
import static io.thespace.plugin.PluginError.VERSION_CONFLICT;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.ControlCenter;
import io.thespace.plugin.DataChoice;
import io.thespace.plugin.InstallRequest;
import io.thespace.plugin.InstalledPluginView;
import io.thespace.plugin.PluginError;
import io.thespace.plugin.RemovalRequest;
import io.thespace.plugin.RemovalView;
import io.thespace.plugin.SwitchRequest;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/plugins}: installs, switches and removes plugins while the platform runs. */
@ApplicationScoped
@Governed
@Path("control-center/plugins")
@Tag(name = "Control center")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ControlCenterResource {

    private ControlCenter controlCenter;
    private CurrentCall call;

    public ControlCenterResource() {}

    @Inject
    ControlCenterResource(ControlCenter controlCenter, CurrentCall call) {
        this.controlCenter = controlCenter;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List the installed plugins",
            description = "Every plugin with its state, the reason when it is out of service, who signed it, the"
                    + " versions that are kept, and what each node has reached.")
    public List<InstalledPluginView> list() {
        return controlCenter.list();
    }

    @POST
    @Path("install")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    @Operation(
            summary = "Install or upgrade a plugin",
            description = "The archive comes as the form field `file`, or is named by `url` and `sha256`, or by"
                    + " `plugin_id` for the latest one in the catalogue folder. It is verified from end to end"
                    + " before anything is touched. A higher version of an enabled plugin is an upgrade: it is"
                    + " migrated, started and probed beside the version that serves, which goes on when any step"
                    + " fails. Permissions that the plugin asks for are granted with `grant`. Sending the same"
                    + " archive again changes nothing.")
    @OwnTransactions
    @PluginError.Refuses({
        ARCHIVE_MISSING,
        ARCHIVE_TOO_LARGE,
        ARCHIVE_INVALID,
        SIGNATURE_INVALID,
        CHANGE_UNDER_WAY,
        BUNDLED,
        VERSION_CONFLICT,
        REQUIREMENT_UNMET,
        PERMISSION_NEEDED,
        TRANSITION_REFUSED,
        STEP_FAILED
    })
    public InstalledPluginView install(@Valid InstallRequest request) throws IOException {
        return controlCenter.install(call.actor(), request, call.upload());
    }

    @POST
    @Path("enable")
    @Operation(
            summary = "Enable a plugin",
            description = "Runs its migrations, starts and probes it, and lets its endpoints answer on every node."
                    + " Enabling one that is enabled changes nothing.")
    @OwnTransactions
    @PluginError.Refuses({UNKNOWN_PLUGIN, CHANGE_UNDER_WAY, PERMISSION_NEEDED, TRANSITION_REFUSED, STEP_FAILED})
    public InstalledPluginView enable(@Valid SwitchRequest request) throws IOException {
        return controlCenter.enable(call.actor(), request);
    }

    @POST
    @Path("disable")
    @Operation(
            summary = "Disable a plugin",
            description = "Takes its endpoints away on every node and lets the calls end that are under way. Its"
                    + " data stays.")
    @RequestBody(
            content =
                    @org.eclipse.microprofile.openapi.annotations.media.Content(example = "{\"plugin_id\": \"notes\"}"))
    @OwnTransactions
    @PluginError.Refuses({UNKNOWN_PLUGIN, CHANGE_UNDER_WAY, TRANSITION_REFUSED, DEPENDED_ON})
    public InstalledPluginView disable(@Valid SwitchRequest request) throws IOException {
        return controlCenter.disable(call.actor(), request);
    }

    @DELETE
    @Path("uninstall")
    @Operation(
            summary = "Uninstall a plugin",
            description = "Stops it on every node and removes it. Its data is kept for a later installation"
                    + " (`keep`), stored to download and then deleted (`export`), or deleted (`purge`).")
    @OwnTransactions
    @PluginError.Refuses({PLUGIN_MISSING, UNKNOWN_PLUGIN, CHANGE_UNDER_WAY, BUNDLED, DEPENDED_ON, STEP_FAILED})
    public RemovalView uninstall(
            @QueryParam("plugin_id") @Parameter(description = "Which plugin.") String pluginId,
            @QueryParam("data") @Parameter(description = "What becomes of its data; `keep` unless said otherwise.")
                    DataChoice data,
            @Valid RemovalRequest request)
            throws IOException {
        return controlCenter.uninstall(call.actor(), request.with(pluginId, data));
    }

    @GET
    @Path("exports/{export_id}")
    @Produces("application/zip")
    @Operation(
            summary = "Download the data of a removed plugin",
            description = "A zip with a file of JSON lines for each of its tables.")
    @PluginError.Refuses(UNKNOWN_EXPORT)
    public Content export(
            @PathParam("export_id") @Parameter(description = "As the removal answered with.") UUID exportId) {
        return new Content(
                "application/zip",
                controlCenter.export(exportId),
                Map.of("Content-Disposition", "attachment; filename=\"plugin-data.zip\""));
    }
}
