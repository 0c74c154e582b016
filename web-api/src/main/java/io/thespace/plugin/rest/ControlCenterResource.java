package io.thespace.plugin.rest;

import io.thespace.endpoint.Resource;
import io.thespace.plugin.ControlCenter;
import io.thespace.plugin.DataChoice;
import io.thespace.plugin.InstallRequest;
import io.thespace.plugin.InstalledPluginView;
import io.thespace.plugin.PluginError;
import io.thespace.plugin.RemovalRequest;
import io.thespace.plugin.RemovalView;
import io.thespace.plugin.SwitchRequest;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Installs, switches and removes plugins while the platform runs. */
@ApplicationScoped
class ControlCenterResource implements Resource {

    private static final String SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static final InstalledPluginView INSTALLED = new InstalledPluginView(
            "notes",
            "1.0.0",
            "enabled",
            null,
            null,
            "acme",
            SHA256,
            List.of("database:schema", "events:publish"),
            List.of("database:schema", "events:publish"),
            List.of("1.0.0"),
            List.of(new InstalledPluginView.NodeView(
                    UUID.fromString("019a0000-0000-7000-8000-000000000050"),
                    "1.0.0",
                    "enabled",
                    null,
                    Instant.parse("2026-01-31T12:00:00Z"))),
            Instant.parse("2026-01-31T12:00:00Z"));

    private ControlCenter controlCenter;

    ControlCenterResource() {}

    @Inject
    ControlCenterResource(ControlCenter controlCenter) {
        this.controlCenter = controlCenter;
    }

    @Override
    public String group() {
        return "Control center";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/control-center/plugins")
                        .summary("List the installed plugins")
                        .description(
                                "Every plugin with its state, the reason when it is out of service, who signed it, the"
                                        + " versions that are kept, and what each node has reached.")
                        .role(Role.ADMIN)
                        .answersList(InstalledPluginView.class, INSTALLED)
                        .handler(call -> controlCenter.list()),
                Endpoint.post("/control-center/plugins/install")
                        .summary("Install or upgrade a plugin")
                        .description(
                                "The archive comes as the form field `file`, or is named by `url` and `sha256`, or by"
                                        + " `plugin_id` for the latest one in the catalogue folder. It is verified from end to end"
                                        + " before anything is touched. A higher version of an enabled plugin is an upgrade: it is"
                                        + " migrated, started and probed beside the version that serves, which goes on when any step"
                                        + " fails. Permissions that the plugin asks for are granted with `grant`. Sending the same"
                                        + " archive again changes nothing.")
                        .role(Role.ADMIN)
                        .body(InstallRequest.class, new InstallRequest(null, null, "notes", null, null))
                        .upload("file")
                        .answers(InstalledPluginView.class, INSTALLED)
                        .refuses(
                                PluginError.ARCHIVE_MISSING,
                                PluginError.ARCHIVE_TOO_LARGE,
                                PluginError.ARCHIVE_INVALID,
                                PluginError.SIGNATURE_INVALID,
                                PluginError.CHANGE_UNDER_WAY,
                                PluginError.BUNDLED,
                                PluginError.VERSION_CONFLICT,
                                PluginError.REQUIREMENT_UNMET,
                                PluginError.PERMISSION_NEEDED,
                                PluginError.TRANSITION_REFUSED,
                                PluginError.STEP_FAILED)
                        .ownTransactions()
                        .handler(call -> controlCenter.install(call.actor(), call.body(), call.upload())),
                Endpoint.post("/control-center/plugins/enable")
                        .summary("Enable a plugin")
                        .description(
                                "Runs its migrations, starts and probes it, and lets its endpoints answer on every node."
                                        + " Enabling one that is enabled changes nothing.")
                        .role(Role.ADMIN)
                        .body(SwitchRequest.class, new SwitchRequest("financial_business", null))
                        .answers(InstalledPluginView.class, INSTALLED)
                        .refuses(
                                PluginError.UNKNOWN_PLUGIN,
                                PluginError.CHANGE_UNDER_WAY,
                                PluginError.PERMISSION_NEEDED,
                                PluginError.TRANSITION_REFUSED,
                                PluginError.STEP_FAILED)
                        .ownTransactions()
                        .handler(call -> controlCenter.enable(call.actor(), call.body())),
                Endpoint.post("/control-center/plugins/disable")
                        .summary("Disable a plugin")
                        .description(
                                "Takes its endpoints away on every node and lets the calls end that are under way. Its"
                                        + " data stays.")
                        .role(Role.ADMIN)
                        .body(SwitchRequest.class, new SwitchRequest("notes", null))
                        .answers(InstalledPluginView.class, INSTALLED)
                        .refuses(
                                PluginError.UNKNOWN_PLUGIN,
                                PluginError.CHANGE_UNDER_WAY,
                                PluginError.TRANSITION_REFUSED,
                                PluginError.DEPENDED_ON)
                        .ownTransactions()
                        .handler(call -> controlCenter.disable(call.actor(), call.body())),
                Endpoint.delete("/control-center/plugins/uninstall")
                        .summary("Uninstall a plugin")
                        .description("Stops it on every node and removes it. Its data is kept for a later installation"
                                + " (`keep`), stored to download and then deleted (`export`), or deleted (`purge`).")
                        .query("plugin_id", String.class, "Which plugin.")
                        .query("data", DataChoice.class, "What becomes of its data; `keep` unless said otherwise.")
                        .role(Role.ADMIN)
                        .body(RemovalRequest.class, new RemovalRequest("notes", DataChoice.KEEP))
                        .answers(RemovalView.class, new RemovalView("notes", "1.0.0", "keep", null))
                        .refuses(
                                PluginError.PLUGIN_MISSING,
                                PluginError.UNKNOWN_PLUGIN,
                                PluginError.CHANGE_UNDER_WAY,
                                PluginError.BUNDLED,
                                PluginError.DEPENDED_ON)
                        .ownTransactions()
                        .handler(this::uninstall),
                Endpoint.get("/control-center/plugins/exports/{export_id}")
                        .summary("Download the data of a removed plugin")
                        .description("A zip with a file of JSON lines for each of its tables.")
                        .path("export_id", UUID.class, "As the removal answered with.")
                        .role(Role.ADMIN)
                        .answersContent("application/zip")
                        .refuses(PluginError.UNKNOWN_EXPORT)
                        .handler(call -> new Content(
                                "application/zip",
                                controlCenter.export(call.path("export_id", UUID.class)),
                                Map.of("Content-Disposition", "attachment; filename=\"plugin-data.zip\""))));
    }

    private Object uninstall(Call<RemovalRequest> call) throws IOException {
        String id = call.query("plugin_id", String.class)
                .or(() -> Optional.ofNullable(call.body().pluginId()))
                .orElseThrow(() ->
                        Rejection.of(PluginError.PLUGIN_MISSING, "plugin_id", "Say which plugin: ?plugin_id=notes."));
        DataChoice data = call.query("data", DataChoice.class)
                .or(() -> Optional.ofNullable(call.body().data()))
                .orElse(DataChoice.KEEP);
        return controlCenter.uninstall(call.actor(), id, data);
    }
}
