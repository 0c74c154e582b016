package io.thespace.plugin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The plugins of this node in memory: desired state, running versions, and failures of the others. {@link
 * PluginConvergence} changes it, one thread at a time, except that drains end by themselves; any thread reads it.
 */
@ApplicationScoped
class NodePlugins {

    /** Why a desired version does not run here; not retried until the desired state changes. */
    private record Failed(DesiredPlugin desired, String reason) {}

    private final Map<String, Code> bundledCode = new TreeMap<>();
    private final Map<String, RunningPlugin> running = new ConcurrentSkipListMap<>();
    private final Map<String, Failed> failed = new ConcurrentHashMap<>();
    private final Set<String> starting = ConcurrentHashMap.newKeySet();

    /** The plugins of the versions that are drained, by what is opened when that has ended; guarded by itself. */
    private final Map<CountDownLatch, String> drains = new HashMap<>();

    private volatile List<DesiredPlugin> desiredPlugins = List.of();

    /** By the digest of their archive. */
    private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();

    @Inject
    private Installations installations;

    /** Adds the code of a bundled plugin; only before the first desired state. */
    void bundle(Code code) {
        bundledCode.put(code.manifest().id(), code);
    }

    /** Returns the manifests of the bundled plugins, by id. */
    List<Manifest> bundled() {
        return bundledCode.values().stream().map(Code::manifest).toList();
    }

    /** Returns the code of a bundled plugin. */
    Optional<Code> bundledCode(String id) {
        return Optional.ofNullable(bundledCode.get(id));
    }

    /** The desired state that this node has read last. */
    List<DesiredPlugin> desiredPlugins() {
        return desiredPlugins;
    }

    /** Sets the desired state. */
    void setDesired(List<DesiredPlugin> now) {
        learn(now);
        desiredPlugins = now;
    }

    private void learn(List<DesiredPlugin> now) {
        for (DesiredPlugin desired : now) {
            if (desired.sha256() != null && !manifests.containsKey(desired.sha256())) {
                installations
                        .manifest(desired.sha256())
                        .ifPresent(json -> manifests.put(desired.sha256(), Manifest.read(json)));
            }
        }
        manifests
                .keySet()
                .retainAll(now.stream()
                        .map(DesiredPlugin::sha256)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
    }

    /** The plugins that run on this node, by id. */
    List<RunningPlugin> running() {
        return List.copyOf(running.values());
    }

    Optional<RunningPlugin> running(String id) {
        return Optional.ofNullable(running.get(id));
    }

    /** The ids of those that run, as they are at each moment. */
    Set<String> runningIds() {
        return running.keySet();
    }

    /** A version runs from now on; answers the one before it, or null. */
    RunningPlugin put(RunningPlugin next) {
        return running.put(next.id(), next);
    }

    /** A plugin runs no more; answers what ran, or null. */
    RunningPlugin remove(String id) {
        return running.remove(id);
    }

    /** This node is about to start a version of a plugin; its migrations may run from now on. */
    void beginStart(String id) {
        starting.add(id);
    }

    /** The start has ended: the version runs or has failed, or was not started after all. */
    void endStart(String id) {
        starting.remove(id);
    }

    /**
     * A version of a plugin is about to be drained. To be called before {@link #remove}: in between, a drain of an
     * earlier version would find no other in use.
     *
     * @return to be opened when the drain has ended and is reported
     */
    CountDownLatch beginDrain(String id) {
        CountDownLatch drained = new CountDownLatch(1);
        synchronized (drains) {
            drains.put(drained, id);
        }
        return drained;
    }

    /** @param release releases what all versions of the plugin share, when none of them runs or is drained any more */
    void endDrain(CountDownLatch drained, Consumer<String> release) {
        synchronized (drains) {
            String id = drains.get(drained);
            try {
                if (!running.containsKey(id) && Collections.frequency(drains.values(), id) == 1) {
                    release.accept(id);
                }
            } finally {
                drains.remove(drained);
            }
        }
    }

    /** Returns the drains of these plugins that have not ended. */
    List<CountDownLatch> drains(Predicate<String> ids) {
        synchronized (drains) {
            return drains.entrySet().stream()
                    .filter(drain -> ids.test(drain.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    boolean drains(String id) {
        return !drains(id::equals).isEmpty();
    }

    /** Returns the plugins of which a version is being started, runs or is drained. */
    Set<String> idsInUse() {
        // In the order of a version's life: one that goes on to the next step meanwhile is not missed.
        Set<String> ids = new HashSet<>(starting);
        ids.addAll(running.keySet());
        synchronized (drains) {
            ids.addAll(drains.values());
        }
        return ids;
    }

    /** Whether this desired state has failed here. */
    boolean failed(DesiredPlugin desired) {
        return failure(desired) != null;
    }

    /** Why this desired state has failed here; null when it has not, or only an earlier one has. */
    private String failure(DesiredPlugin desired) {
        Failed before = failed.get(desired.id());
        return before != null && before.desired.equals(desired) ? before.reason : null;
    }

    void fail(DesiredPlugin desired, String reason) {
        failed.put(desired.id(), new Failed(desired, reason));
    }

    /** Discards the failure of a plugin. */
    void forgetFailure(String id) {
        failed.remove(id);
    }

    /** Discards the failures of all plugins except these. */
    void forgetFailuresBut(Set<String> ids) {
        failed.keySet().retainAll(ids);
    }

    /**
     * Returns the state on this node of each desired plugin that runs, is being started or drained, or has failed. A
     * failure of an earlier desired state is not reported: a removal would wait for this node, which has nothing to
     * release.
     */
    List<Installations.Report> reports() {
        Set<String> inUse = idsInUse();
        return desiredPlugins.stream()
                .filter(desired -> inUse.contains(desired.id()) || failed(desired))
                .map(desired -> {
                    RunningPlugin here = running.get(desired.id());
                    String why = failure(desired);
                    return new Installations.Report(
                            desired.id(),
                            here == null ? desired.version() : here.manifest().version(),
                            why == null ? PluginState.ENABLED : PluginState.FAILED,
                            why);
                })
                .toList();
    }

    /** Returns the manifest of an installed plugin, whether it runs or not. */
    Optional<Manifest> manifest(DesiredPlugin desired) {
        return desired.sha256() == null
                ? bundledCode(desired.id()).map(Code::manifest)
                : Optional.ofNullable(manifests.get(desired.sha256()));
    }

    /** The desired state, with the failures of this node. */
    PluginState state(DesiredPlugin desired) {
        boolean missing = desired.state() == PluginState.ENABLED && !running.containsKey(desired.id());
        return missing ? PluginState.FAILED : desired.state();
    }

    /** Why a plugin is not available on this node; null when its state is the only reason. */
    String reason(DesiredPlugin desired) {
        String why = failure(desired);
        return why == null ? desired.reason() : why;
    }
}
