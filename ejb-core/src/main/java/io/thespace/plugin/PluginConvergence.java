package io.thespace.plugin;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.Bulkhead;
import io.thespace.endpoint.Pipeline;
import io.thespace.endpoint.Routes;
import io.thespace.event.PendingEvents;
import io.thespace.event.relay.EventRelay;
import io.thespace.log.Log;
import io.thespace.migration.Migrations;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Converges the plugins of this node to the desired state in the database, called repeatedly by {@link PluginWatch}.
 */
@ApplicationScoped
class PluginConvergence {

    private static final Log LOG = Log.of(PluginConvergence.class);
    private static final String PATH = "/api/plugins/";
    private static final Duration REPORT = Duration.ofSeconds(5);

    private final UUID node = UUID.randomUUID();

    /** Held while this node changes what it runs. */
    private final ReentrantLock changing = new ReentrantLock();

    private Path work;
    private Duration limit;
    private ThreadFactory threads;

    /** Guards the two fields that follow. */
    private final Object reporting = new Object();

    private long reportedAt;
    private List<Installations.Report> reported;

    @Inject
    @Any
    private Instance<Plugin> bundled;

    @Inject
    private NodePlugins plugins;

    @Inject
    private PluginContexts contexts;

    @Inject
    private Migrations migrations;

    @Inject
    private Installations installations;

    @Inject
    private PluginSessions sessions;

    @Inject
    private Routes routes;

    @Inject
    private Pipeline pipeline;

    @Inject
    private EventRelay relay;

    @Inject
    private PendingEvents pending;

    /**
     * Starts converging to the desired state.
     *
     * @param factory creates the threads of plugins
     */
    void open(ThreadFactory factory) {
        threads = factory;
        limit = Duration.ofSeconds(Configuration.get().get(Key.PLUGIN_TIMEOUT_SECONDS));
        work = workFolder();
        for (Plugin plugin : bundled) {
            plugins.bundle(new BundledCode(plugin));
        }
        installations.bundle(plugins.bundled());
        converge();
    }

    private static Path workFolder() {
        try {
            Optional<Path> home = Configuration.get().find(Key.HOME);
            if (home.isEmpty()) {
                return Files.createTempDirectory("the-space-plugins");
            }
            // An instance has its home for itself, so what lies there was left by a process that died.
            Path folder = home.get().resolve("work").resolve("plugins");
            ArchiveCode.delete(folder);
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder for unpacked plugins cannot be made", e);
        }
    }

    /** As {@link #converge}, unless this node is being changed just now. */
    void convergeUnlessChanging() {
        if (changing.tryLock()) {
            try {
                converge();
            } finally {
                changing.unlock();
            }
        }
    }

    /** Converges this node to the desired state. */
    void converge() {
        changing.lock();
        try {
            List<DesiredPlugin> now = installations.desiredPlugins();
            plugins.setDesired(now);
            Set<String> desiredIds = new HashSet<>();
            for (DesiredPlugin desired : now) {
                desiredIds.add(desired.id());
                converge(desired);
            }
            for (String id : plugins.runningIds()) {
                if (!desiredIds.contains(id)) {
                    stop(id);
                }
            }
            plugins.forgetFailuresBut(desiredIds);
            sessions.retain(plugins.idsInUse());
            report();
        } finally {
            changing.unlock();
        }
    }

    private void converge(DesiredPlugin desired) {
        RunningPlugin here = plugins.running(desired.id()).orElse(null);
        if (desired.state() != PluginState.ENABLED || desired.change() == PluginChange.REMOVING) {
            if (here != null) {
                stop(desired.id());
            }
            return;
        }
        if (here != null && same(here, desired)) {
            plugins.forgetFailure(desired.id());
            return;
        }
        if (plugins.failed(desired)) {
            return;
        }
        if (mustWait(desired.id())) {
            // A later convergence starts it.
            return;
        }
        plugins.beginStart(desired.id());
        try {
            // A removal first records that it began, then waits for the nodes that report the plugin. So either it sees
            // this report, or this node sees the removal and starts nothing.
            report();
            if (installations.find(desired.id()).filter(desired::equals).isPresent()) {
                startDesired(desired);
            }
        } finally {
            plugins.endStart(desired.id());
        }
        report();
    }

    /**
     * Whether a plugin may not start yet. All its versions share the database sessions, which the last drain closes
     * unless a version runs, and those of a bundled plugin its one instance, which a drain stops.
     */
    private boolean mustWait(String id) {
        return plugins.running(id).isEmpty() && plugins.drains(id);
    }

    private void startDesired(DesiredPlugin desired) {
        try {
            Optional<Code> code = Step.UNPACK.run(desired.id(), () -> code(desired));
            if (code.isPresent()) {
                place(start(code.get()));
                plugins.forgetFailure(desired.id());
            }
        } catch (Rejection e) {
            fail(desired, e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            // One plugin's failure must not keep the others from converging, or the node from starting.
            LOG.error("Plugin start failed", e, "plugin", desired.id(), "version", desired.version());
            fail(desired, Step.reason(e));
        }
    }

    private void fail(DesiredPlugin desired, String reason) {
        plugins.fail(desired, reason);
        pending.add(
                PluginEventTypes.SOURCE,
                PluginEventTypes.FAILED,
                desired.id(),
                new PluginFailed(desired.id(), desired.version(), reason));
    }

    private static boolean same(RunningPlugin here, DesiredPlugin desired) {
        return desired.sha256() == null
                ? here.sha256() == null
                : desired.sha256().equals(here.sha256());
    }

    /** The code of a desired version; empty when its archive is gone because the desired state has changed meanwhile. */
    private Optional<Code> code(DesiredPlugin desired) throws IOException {
        if (desired.sha256() == null) {
            return plugins.bundledCode(desired.id());
        }
        Optional<byte[]> content = installations.content(desired.sha256());
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Path zip = Files.createTempFile(work, "archive", ".zip");
        try {
            Files.write(zip, content.get());
            return Optional.of(unpack(Archive.verify(zip, Configuration.get())));
        } finally {
            Files.delete(zip);
        }
    }

    /** An archive's code, unpacked on this node. */
    Code unpack(Archive archive) throws IOException {
        return new ArchiveCode(
                archive, Files.createTempDirectory(work, archive.manifest().id() + "-"));
    }

    /**
     * Starts a version beside the running one; its endpoints are not mounted yet.
     *
     * @throws Rejection {@code STEP_FAILED} with the step that failed and why; the plugin's code is closed then
     */
    RunningPlugin start(Code code) {
        String id = code.manifest().id();
        if (mustWait(id)) {
            code.close();
            throw new Rejection(PluginError.STEP_FAILED, "step start: calls from before it was stopped still run");
        }
        Bulkhead bulkhead = new Bulkhead(id, limit, Configuration.get().get(Key.PLUGIN_CONCURRENCY), threads);
        return RunningPlugin.start(code, contexts::of, migrations, bulkhead, limit);
    }

    /**
     * Calls the endpoints of a started plugin that are safe to call, before they are published.
     *
     * @throws Rejection {@code STEP_FAILED} when one fails; the plugin is then stopped
     */
    void prove(RunningPlugin next) {
        boolean proven = false;
        try {
            Step.PROBE.run(next.id(), () -> {
                pipeline.tryOut(next.mount(), PATH + next.id(), next.endpoints())
                        .ifPresent(fault -> {
                            throw new IllegalStateException(fault);
                        });
                return null;
            });
            proven = true;
        } finally {
            if (!proven) {
                next.stop(Duration.ZERO);
            }
        }
    }

    /**
     * Mounts a started plugin in place of the previous version, which is then drained and released on a thread of its
     * own. On failure the started plugin is stopped and the previous version stays.
     */
    void place(RunningPlugin next) {
        boolean mounted = false;
        try {
            subscribe(next);
            routes.mount(next.mount(), PATH + next.id(), next.endpoints());
            mounted = true;
        } finally {
            if (!mounted) {
                next.stop(Duration.ZERO);
            }
        }
        RunningPlugin before = plugins.put(next);
        LOG.info(
                "Plugin is enabled",
                "plugin",
                next.id(),
                "version",
                next.manifest().version());
        if (before != null) {
            drain(before, plugins.beginDrain(next.id()));
        }
    }

    /** Subscribes it so that it gets each event from its start on; on failure the relay retries a moment later. */
    private void subscribe(RunningPlugin next) {
        if (next.subscriptions().isEmpty()) {
            return;
        }
        try {
            relay.subscribe(PluginSubscriptions.name(next.id()));
        } catch (RuntimeException e) {
            LOG.warning("Plugin is not subscribed to events yet", "plugin", next.id(), "cause", e);
        }
    }

    /** Removes a plugin's endpoints; its calls are drained, and it is released, on a thread of its own. */
    void stop(String id) {
        routes.unmount(id);
        plugins.running(id).ifPresent(before -> {
            CountDownLatch drained = plugins.beginDrain(id);
            plugins.remove(id);
            drain(before, drained);
        });
    }

    /** A call that hangs must not hold up changes of other plugins. */
    private void drain(RunningPlugin before, CountDownLatch drained) {
        String id = before.id();
        Runnable work = () -> {
            try {
                before.stop(limit);
                LOG.info(
                        "Plugin is stopped",
                        "plugin",
                        id,
                        "version",
                        before.manifest().version());
            } catch (RuntimeException | LinkageError e) {
                LOG.error("Plugin could not be released", e, "plugin", id);
            } finally {
                endDrain(drained);
            }
        };
        Thread thread;
        try {
            thread = threads.newThread(work);
        } catch (IllegalStateException e) {
            // A server that is stopping may refuse new threads.
            work.run();
            return;
        }
        thread.setName("plugin " + id + " drain");
        thread.start();
    }

    /** The sessions are closed before the report: a removal that waits for it deletes the data next. */
    private void endDrain(CountDownLatch drained) {
        try {
            plugins.endDrain(drained, sessions::close);
            report();
        } catch (RuntimeException e) {
            // The next convergence reports it.
            LOG.warning("Plugins of this node cannot be reported", "cause", String.valueOf(e.getMessage()));
        } finally {
            drained.countDown();
        }
    }

    /**
     * Waits until the versions of a plugin that are drained by now are released, within twice the time limit of calls.
     */
    void awaitDrains(String id) {
        await(plugins.drains(id::equals));
    }

    private void await(List<CountDownLatch> drains) {
        try {
            for (CountDownLatch drained : drains) {
                while (!drained.await(REPORT.toMillis(), TimeUnit.MILLISECONDS)) {
                    // While the server stops it may not run scheduled tasks any more.
                    repeatReport();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report() {
        synchronized (reporting) {
            // Read under the lock: of two threads, the one that sends last must have read last.
            List<Installations.Report> now = plugins.reports();
            if (!now.equals(reported) || reportIsOld()) {
                send(now);
            }
        }
    }

    /**
     * Repeats the last report when it is old, so that a node that drains a plugin's calls is still known to run the
     * plugin. A failure is logged only: the next call tries again.
     */
    void repeatReport() {
        try {
            synchronized (reporting) {
                if (reported != null && reportIsOld()) {
                    send(reported);
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.warning("Plugins of this node cannot be reported", "cause", String.valueOf(e.getMessage()));
        }
    }

    private boolean reportIsOld() {
        return System.nanoTime() - reportedAt >= REPORT.toNanos();
    }

    private void send(List<Installations.Report> now) {
        installations.report(node, now);
        reported = now;
        reportedAt = System.nanoTime();
    }

    /** Returns the lock for changes of what this node runs. */
    ReentrantLock changing() {
        return changing;
    }

    /** Stops all plugins. */
    void close() {
        changing.lock();
        try {
            List.copyOf(plugins.runningIds()).forEach(this::stop);
            await(plugins.drains(id -> true));
            synchronized (reporting) {
                installations.report(node, List.of());
                reported = null;
            }
            sessions.closeAll();
            ArchiveCode.delete(work);
        } catch (RuntimeException | IOException e) {
            // The database may already be unavailable; the last report then expires.
            LOG.info("Clean-up was incomplete", "cause", String.valueOf(e.getMessage()));
        } finally {
            changing.unlock();
        }
    }
}
