package io.thespace.plugin;

import io.thespace.audit.AuditDraft;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.log.Log;
import io.thespace.migration.Migrations;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Upload;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Changes the set of plugins. One change at a time in the whole cluster; each is recorded before its first step, so
 * that a change that was cut off is reverted by the next one. All checks precede the first effect.
 */
@ApplicationScoped
public class ControlCenter {

    private static final Log LOG = Log.of(ControlCenter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How much longer than calls take nodes may need to release a plugin. A node that died is forgotten by then. */
    private static final Duration MARGIN = Duration.ofSeconds(35);

    /**
     * An export is one value in the database. Making or reading it takes up to four times its size in memory, which the
     * default heap must have beside everything else: what cannot be read again must not be all that is left of deleted
     * data.
     */
    private static final int MAX_EXPORT_BYTES = 48 << 20;

    private static final String EXPORTS = "/api/control-center/plugins/exports/";

    private Plugins plugins;
    private PluginRequirements requirements;
    private PluginConvergence convergence;
    private Installations installations;
    private Migrations migrations;
    private Configuration configuration;

    ControlCenter() {}

    @Inject
    ControlCenter(Plugins plugins, PluginConvergence convergence, Installations installations, Migrations migrations) {
        this.plugins = plugins;
        this.requirements = new PluginRequirements(plugins);
        this.convergence = convergence;
        this.installations = installations;
        this.migrations = migrations;
        this.configuration = Configuration.get();
    }

    /** Work that is done under the lock. */
    @FunctionalInterface
    private interface Change<T> {
        T run() throws IOException;
    }

    /** Every installed plugin, by id. */
    public List<InstalledPluginView> list() {
        Map<String, List<Installations.Kept>> kept = installations.kept();
        Map<String, List<InstalledPluginView.NodeView>> nodes = installations.nodes();
        return installations.desiredPlugins().stream()
                .map(desired -> view(
                        desired,
                        kept.getOrDefault(desired.id(), List.of()),
                        nodes.getOrDefault(desired.id(), List.of())))
                .toList();
    }

    private InstalledPluginView view(String id) {
        return list().stream().filter(view -> view.id().equals(id)).findFirst().orElseThrow(() -> Plugins.unknown(id));
    }

    private InstalledPluginView view(
            DesiredPlugin desired, List<Installations.Kept> kept, List<InstalledPluginView.NodeView> nodes) {
        String signature = desired.sha256() == null
                ? "bundled"
                : kept.stream()
                        .filter(archive -> archive.sha256().equals(desired.sha256()))
                        .map(Installations.Kept::publisher)
                        .filter(publisher -> publisher != null)
                        .findFirst()
                        .orElse("unsigned");
        return new InstalledPluginView(
                desired.id(),
                desired.version(),
                desired.state().text(),
                desired.reason(),
                desired.change() == null ? null : desired.change().text(),
                signature,
                desired.sha256(),
                plugins.manifest(desired).map(Manifest::permissions).orElse(List.of()),
                List.copyOf(new TreeSet<>(desired.granted())),
                kept.stream().map(Installations.Kept::version).toList(),
                nodes,
                desired.changedAt());
    }

    /**
     * Installs a plugin, or another version of one.
     *
     * @param upload the archive; otherwise the request contains its location
     * @throws Rejection a {@link PluginError}
     */
    public InstalledPluginView install(Actor actor, InstallRequest request, Optional<Upload> upload)
            throws IOException {
        long ways = Stream.of(request.url(), request.pluginId(), upload.orElse(null))
                .filter(way -> way != null)
                .count();
        if (ways != 1) {
            throw new Rejection(
                    PluginError.ARCHIVE_MISSING,
                    "Send the archive as the form field \"file\", or name it with url and sha256, or with plugin_id.");
        }
        Set<String> granted = granted(request.grant());
        boolean enable = Boolean.TRUE.equals(request.enable());
        if (upload.isPresent()) {
            return install(actor, upload.get().file(), granted, enable);
        }
        Path temporary = Files.createTempFile("the-space-archive", ".zip");
        try {
            ArchiveSources sources = new ArchiveSources(configuration);
            if (request.url() != null) {
                sources.fetch(request.url(), request.sha256(), temporary);
            } else {
                Files.copy(sources.latest(request.pluginId()), temporary, StandardCopyOption.REPLACE_EXISTING);
            }
            return install(actor, temporary, granted, enable);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Set<String> granted(List<String> grant) {
        return grant == null ? Set.of() : Set.copyOf(new HashSet<>(grant));
    }

    private InstalledPluginView install(Actor actor, Path zip, Set<String> granted, boolean enable) throws IOException {
        Archive archive = Archive.verify(zip, configuration);
        Manifest manifest = archive.manifest();
        InstalledPluginView installed = exclusively(manifest.id(), () -> {
            convergence.converge();
            List<DesiredPlugin> all = installations.desiredPlugins();
            Optional<DesiredPlugin> before = all.stream()
                    .filter(desired -> desired.id().equals(manifest.id()))
                    .findFirst();
            if (before.isPresent()) {
                PluginRequirements.checkVersion(before.get(), archive);
            }
            requirements.checkRequirements(manifest, all);
            boolean same =
                    before.isPresent() && archive.sha256().equals(before.get().sha256());
            boolean runs = before.isPresent() && before.get().state() == PluginState.ENABLED;
            Set<String> has = new HashSet<>(granted);
            before.ifPresent(desired -> has.addAll(desired.granted()));
            if (runs || enable) {
                PluginRequirements.checkGranted(manifest, has);
            }
            if (!same) {
                byte[] content = Files.readAllBytes(zip);
                if (before.isEmpty()) {
                    installations.install(actor, archive, content, granted);
                } else if (runs) {
                    installations.beginUpgrade(manifest.id(), archive, content);
                    activate(actor, before.get(), convergence.unpack(archive), granted);
                } else {
                    installations.replace(actor, archive, content, granted);
                }
            }
            if (enable && !runs) {
                return enable(actor, manifest.id(), granted);
            }
            convergence.converge();
            return view(manifest.id());
        });
        return drained(installed);
    }

    /**
     * Enables a plugin.
     *
     * @throws Rejection a {@link PluginError}
     */
    public InstalledPluginView enable(Actor actor, SwitchRequest request) throws IOException {
        String id = Plugins.snakeCase(request.pluginId());
        return exclusively(id, () -> enable(actor, id, granted(request.grant())));
    }

    private InstalledPluginView enable(Actor actor, String id, Set<String> granted) throws IOException {
        convergence.converge();
        DesiredPlugin desired = installations.find(id).orElseThrow(() -> Plugins.unknown(id));
        if (desired.state() == PluginState.ENABLED) {
            return view(id);
        }
        Manifest manifest = plugins.manifest(desired).orElseThrow(() -> Plugins.unknown(id));
        if (desired.sha256() != null) {
            Set<String> has = new HashSet<>(granted);
            has.addAll(desired.granted());
            PluginRequirements.checkGranted(manifest, has);
        }
        requirements.checkDependenciesEnabled(manifest);
        installations.begin(id, PluginChange.ENABLING);
        Code code = desired.sha256() == null
                ? plugins.bundledCode(id).orElseThrow(() -> Plugins.unknown(id))
                : fetch(desired);
        activate(actor, desired, code, granted);
        return view(id);
    }

    private Code fetch(DesiredPlugin desired) throws IOException {
        Path zip = Files.createTempFile("the-space-archive", ".zip");
        try {
            Files.write(zip, installations.content(desired.sha256()).orElseThrow());
            return convergence.unpack(Archive.verify(zip, configuration));
        } finally {
            Files.delete(zip);
        }
    }

    /**
     * Rehearses, migrates, starts and probes a version; on success all nodes switch to it, otherwise the previous state
     * is kept.
     */
    private void activate(Actor actor, DesiredPlugin before, Code code, Set<String> granted) {
        convergence.awaitDrains(before.id());
        convergence.changing().lock();
        try {
            RunningPlugin next;
            try {
                next = convergence.start(code);
                convergence.prove(next);
            } catch (Rejection e) {
                String goesOn = before.state() == PluginState.ENABLED
                        ? " Version %s goes on serving.".formatted(before.version())
                        : "";
                String what = before.change() == null && before.state() == PluginState.ENABLED
                        ? "The upgrade to %s".formatted(code.manifest().version())
                        : "Enabling " + code.manifest().version();
                String why = "%s failed at %s.%s".formatted(what, e.getMessage(), goesOn);
                installations.abandon(before.id(), why);
                throw new Rejection(PluginError.STEP_FAILED, why);
            }
            try {
                installations.enable(actor, code.manifest(), code.sha256(), granted);
            } catch (RuntimeException e) {
                next.stop(Duration.ZERO);
                throw e;
            }
            try {
                convergence.place(next);
            } catch (RuntimeException e) {
                // The change is committed: the convergence that follows starts the plugin anew, or records why it does
                // not run.
                LOG.error("Plugin could not be put in place", e, "plugin", before.id());
            }
        } finally {
            convergence.changing().unlock();
        }
        convergence.converge();
    }

    /**
     * Disables a plugin; its data stays. Returns when its calls on this node have ended, after other changes are
     * possible again.
     *
     * @throws Rejection a {@link PluginError}
     */
    public InstalledPluginView disable(Actor actor, SwitchRequest request) throws IOException {
        String id = Plugins.snakeCase(request.pluginId());
        InstalledPluginView disabled = exclusively(id, () -> {
            DesiredPlugin desired = installations.find(id).orElseThrow(() -> Plugins.unknown(id));
            if (desired.state() == PluginState.DISABLED) {
                return view(id);
            }
            if (!desired.state().next().contains(PluginState.DISABLED)) {
                throw new Rejection(
                        PluginError.TRANSITION_REFUSED,
                        "%s is %s; there is nothing to disable."
                                .formatted(id, desired.state().text()));
            }
            requirements.checkNoDependents(id);
            installations.disable(actor, plugins.manifest(desired).orElseThrow(() -> Plugins.unknown(id)));
            convergence.converge();
            return view(id);
        });
        return drained(disabled);
    }

    /**
     * Waits for the calls of what a change has stopped on this node; returns the plugin as it is then. Outside the
     * lock.
     */
    private InstalledPluginView drained(InstalledPluginView changed) {
        convergence.awaitDrains(changed.id());
        return list().stream()
                .filter(view -> view.id().equals(changed.id()))
                .findFirst()
                .orElse(changed);
    }

    /**
     * Removes a plugin.
     *
     * @throws Rejection a {@link PluginError}
     */
    public RemovalView uninstall(Actor actor, RemovalRequest request) throws IOException {
        if (request.pluginId() == null) {
            throw Rejection.of(PluginError.PLUGIN_MISSING, "plugin_id", "Say which plugin: ?plugin_id=notes.");
        }
        String id = Plugins.snakeCase(request.pluginId());
        DataChoice data = request.data() == null ? DataChoice.KEEP : request.data();
        return exclusively(id, () -> {
            DesiredPlugin desired = installations.find(id).orElseThrow(() -> Plugins.unknown(id));
            if (desired.sha256() == null) {
                throw new Rejection(
                        PluginError.BUNDLED,
                        "%s is part of the platform; it can be disabled, but not removed.".formatted(id));
            }
            requirements.checkNoDependents(id);
            installations.begin(id, PluginChange.REMOVING);
            convergence.converge();
            UUID export;
            try {
                awaitRelease(id);
                export = data == DataChoice.EXPORT ? export(desired) : null;
            } catch (Rejection e) {
                installations.abandon(id, "Its removal was taken back. " + e.getMessage());
                convergence.converge();
                throw e;
            }
            if (data != DataChoice.KEEP) {
                migrations.purgePlugin(id);
            }
            installations.remove(actor, id, desired.version());
            convergence.converge();
            return new RemovalView(
                    id,
                    desired.version(),
                    data.name().toLowerCase(Locale.ROOT),
                    export == null ? null : EXPORTS + export);
        });
    }

    private UUID export(DesiredPlugin desired) {
        byte[] content = migrations
                .exportPlugin(desired.id(), MAX_EXPORT_BYTES)
                .orElseThrow(() -> new Rejection(
                        PluginError.STEP_FAILED,
                        "The export of %s is larger than %d MiB. Copy its schema with pg_dump, then use data=purge."
                                .formatted(desired.id(), MAX_EXPORT_BYTES >> 20)));
        return installations.export(desired.id(), desired.version(), content);
    }

    /**
     * Waits until no node has a plugin that is being removed: calls that are under way there may still write. A node
     * gives them the time limit of calls, and the plugin's stop the same.
     *
     * @throws Rejection {@code CHANGE_UNDER_WAY} when a node has it for longer
     */
    private void awaitRelease(String id) {
        Duration limit = Duration.ofSeconds(configuration.get(Key.PLUGIN_TIMEOUT_SECONDS));
        long end = System.nanoTime() + limit.multipliedBy(2).plus(MARGIN).toNanos();
        while (installations.nodes().containsKey(id)) {
            if (System.nanoTime() - end > 0 || !pause()) {
                throw Rejection.later(
                        PluginError.CHANGE_UNDER_WAY,
                        "A node still runs calls of %s. Try again in a moment.".formatted(id),
                        Duration.ofSeconds(5));
            }
        }
    }

    /** Waits a moment; returns whether it was not interrupted. */
    private static boolean pause() {
        try {
            Thread.sleep(100);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A removed plugin's data, as a zip with a file of JSON lines for each table. */
    public byte[] export(UUID export) {
        return installations
                .export(export)
                .orElseThrow(() -> new Rejection(PluginError.UNKNOWN_EXPORT, "There is no export with this id."));
    }

    /** Reverts a change that was cut off: since the lock is free, the node that began it is gone. */
    void recover() throws SQLException {
        if (installations.desiredPlugins().stream().allMatch(desired -> desired.change() == null)) {
            return;
        }
        Optional<ChangeLock> lock = ChangeLock.tryTake();
        if (lock.isEmpty()) {
            return;
        }
        try (ChangeLock held = lock.get()) {
            for (DesiredPlugin desired : installations.desiredPlugins()) {
                if (desired.change() != null) {
                    LOG.warning("Plugin change was interrupted", "plugin", desired.id(), "change", desired.change());
                    Optional<UUID> export = desired.change() == PluginChange.REMOVING
                            ? installations.newestExport(desired.id())
                            : Optional.empty();
                    installations.abandon(desired.id(), cutOff(desired.change(), export));
                }
            }
        }
    }

    /** Why a plugin's change was taken back. A removal may have deleted the data by then: this names their export. */
    static String cutOff(PluginChange change, Optional<UUID> export) {
        String what =
                switch (change) {
                    case ENABLING -> "Enabling it";
                    case UPGRADING -> "An upgrade";
                    case REMOVING -> "Its removal";
                };
        return what + " was cut off and taken back; do it again."
                + export.map(id -> " The newest export of its data is at " + EXPORTS + id + ".")
                        .orElse("");
    }

    /** Changes one plugin, and audits its desired state before and after. */
    private <T> T exclusively(String id, Change<T> change) throws IOException {
        try (ChangeLock lock = ChangeLock.take(PATIENCE)) {
            Optional<DesiredPlugin> before = installations.find(id);
            T result = change.run();
            Optional<AuditDraft> draft = AuditDraft.current();
            if (draft.isPresent()) {
                draft.get().changed(before.orElse(null), installations.find(id).orElse(null));
            }
            return result;
        } catch (SQLException e) {
            throw new IOException("The database does not answer", e);
        }
    }
}
