package io.thespace.plugin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * The plugins of this node in memory: desired state, running versions, and failures of the others. {@link
 * PluginConvergence} changes it, one thread at a time; any thread reads it.
 */
@ApplicationScoped
class NodePlugins {

    /** Why a desired version does not run here; not retried until the desired state changes. */
    private record Failed(Wish wish, String reason) {}

    private final Map<String, Code> bundledCode = new TreeMap<>();
    private final Map<String, RunningPlugin> running = new ConcurrentSkipListMap<>();
    private final Map<String, Failed> failed = new ConcurrentHashMap<>();
    private volatile List<Wish> wishes = List.of();

    /** By the digest of their archive. */
    private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();

    @Inject
    private Installations installations;

    /** Adds the code of a bundled plugin; only before the first desired state. */
    void bundle(Code code) {
        bundledCode.put(code.manifest().id(), code);
    }

    /** What the plugins that come with the platform say of themselves, by id. */
    List<Manifest> bundled() {
        return bundledCode.values().stream().map(Code::manifest).toList();
    }

    /** The program of a plugin that comes with the platform. */
    Optional<Code> bundledCode(String id) {
        return Optional.ofNullable(bundledCode.get(id));
    }

    /** The desired state that this node has read last. */
    List<Wish> wishes() {
        return wishes;
    }

    /** Sets the desired state. */
    void wish(List<Wish> now) {
        learn(now);
        wishes = now;
    }

    private void learn(List<Wish> now) {
        for (Wish wish : now) {
            if (wish.sha256() != null && !manifests.containsKey(wish.sha256())) {
                installations
                        .manifest(wish.sha256())
                        .ifPresent(json -> manifests.put(wish.sha256(), Manifest.read(json)));
            }
        }
        manifests
                .keySet()
                .retainAll(
                        now.stream().map(Wish::sha256).filter(Objects::nonNull).collect(Collectors.toSet()));
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

    /** Whether this desired state has failed here. */
    boolean failed(Wish wish) {
        Failed before = failed.get(wish.id());
        return before != null && before.wish.equals(wish);
    }

    void fail(Wish wish, String reason) {
        failed.put(wish.id(), new Failed(wish, reason));
    }

    /** Discards the failure of a plugin. */
    void forgetFailure(String id) {
        failed.remove(id);
    }

    /** Discards the failures of all plugins except these. */
    void forgetFailuresBut(Set<String> ids) {
        failed.keySet().retainAll(ids);
    }

    /** How each wished plugin is on this node, of those that run or have failed. */
    List<Installations.Report> reports() {
        return wishes.stream()
                .filter(wish -> running.containsKey(wish.id()) || failed.containsKey(wish.id()))
                .map(wish -> {
                    RunningPlugin here = running.get(wish.id());
                    Failed why = failed.get(wish.id());
                    return new Installations.Report(
                            wish.id(),
                            here == null ? wish.version() : here.manifest().version(),
                            why == null ? PluginState.ENABLED : PluginState.FAILED,
                            why == null ? null : why.reason);
                })
                .toList();
    }

    /** What an installed plugin says of itself, whether it runs or not. */
    Optional<Manifest> manifest(Wish wish) {
        return wish.sha256() == null
                ? bundledCode(wish.id()).map(Code::manifest)
                : Optional.ofNullable(manifests.get(wish.sha256()));
    }

    /** The desired state, with the failures of this node. */
    PluginState state(Wish wish) {
        boolean missing = wish.state() == PluginState.ENABLED && !running.containsKey(wish.id());
        return missing ? PluginState.FAILED : wish.state();
    }

    /** Why a plugin is not available on this node; null when its state is the only reason. */
    String reason(Wish wish) {
        Failed why = failed.get(wish.id());
        return why == null ? wish.reason() : why.reason;
    }
}
