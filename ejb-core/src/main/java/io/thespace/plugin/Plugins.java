package io.thespace.plugin;

import io.thespace.endpoint.Routes;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Health;
import io.thespace.plugin.api.Implementation;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The plugins of this node as other capabilities see them: their manifests, states, health, endpoints and files. */
@ApplicationScoped
public class Plugins {

    @Inject
    private NodePlugins node;

    @Inject
    private Routes routes;

    /** Returns the manifests of the plugins whose endpoints are available now, by id. */
    public List<Manifest> enabled() {
        return node.running().stream().map(RunningPlugin::manifest).toList();
    }

    /** The plugins that run on this node, by id. */
    List<RunningPlugin> running() {
        return node.running();
    }

    Optional<RunningPlugin> running(String id) {
        return node.running(id);
    }

    /** Returns the code of a bundled plugin. */
    Optional<Code> bundledCode(String id) {
        return node.bundledCode(id);
    }

    /** Returns the manifest of an installed plugin, whether it runs or not. */
    Optional<Manifest> manifest(DesiredPlugin desired) {
        return node.manifest(desired);
    }

    /**
     * A file of a plugin that answers now, from the root of its archive; of a bundled one, from beside its class.
     *
     * @param path for example {@code ui/settings.js}
     * @throws Rejection {@code UNKNOWN_PLUGIN}
     */
    public Optional<byte[]> file(String id, String path) {
        find(id);
        RunningPlugin here = node.running(snakeCase(id)).orElse(null);
        if (here == null || path.startsWith("/") || path.contains("..")) {
            return Optional.empty();
        }
        try {
            return here.file(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every available plugin, by id. */
    public List<PluginView> list() {
        return node.desiredPlugins().stream().map(this::view).toList();
    }

    private PluginView view(DesiredPlugin desired) {
        RunningPlugin here = node.running(desired.id()).orElse(null);
        Optional<Manifest> manifest = here == null ? manifest(desired) : Optional.of(here.manifest());
        return new PluginView(
                desired.id(),
                manifest.map(Manifest::name).orElse(desired.id()),
                manifest.map(Manifest::version).orElse(desired.version()),
                node.state(desired).text(),
                manifest.map(Manifest::description).orElse(""),
                manifest.map(Manifest::author).orElse(""),
                here == null ? 0 : here.endpoints().size(),
                here == null
                        ? List.of()
                        : here.events().stream().map(EventType::name).toList(),
                manifest.map(Manifest::ui).orElse(List.of()).stream()
                        .map(module -> module.place().name().toLowerCase(Locale.ROOT))
                        .distinct()
                        .toList(),
                manifest.map(Manifest::permissions).orElse(List.of()));
    }

    /**
     * The endpoints of a plugin that answer now.
     *
     * @param id in {@code snake_case} or {@code kebab-case}
     * @throws Rejection {@code UNKNOWN_PLUGIN}
     */
    public List<PluginEndpointView> endpoints(String id) {
        find(id);
        return routes.of(snakeCase(id)).stream()
                .map(route -> new PluginEndpointView(
                        route.endpoint().method().name(),
                        route.path(),
                        route.endpoint().summary(),
                        route.endpoint().implementation().name().toLowerCase(Locale.ROOT),
                        roles(route.endpoint().role()),
                        route.endpoint().deprecated()))
                .toList();
    }

    private static List<String> roles(Role least) {
        return Arrays.stream(Role.values())
                .filter(role -> least == null || role.covers(least))
                .map(Role::group)
                .toList();
    }

    /**
     * Returns the health of a plugin.
     *
     * @param id in {@code snake_case} or {@code kebab-case}
     * @throws Rejection {@code UNKNOWN_PLUGIN}
     */
    public PluginHealthView health(String id) {
        DesiredPlugin desired = find(id);
        RunningPlugin here = node.running(desired.id()).orElse(null);
        if (here == null) {
            return new PluginHealthView(
                    node.state(desired) == PluginState.FAILED
                            ? "failing"
                            : desired.state().text(),
                    0,
                    node.reason(desired),
                    summary(List.of()));
        }
        Health health = here.health();
        Optional<String> rest = here.mount().bulkhead().rest();
        return new PluginHealthView(
                health.ok() && rest.isEmpty() ? "ok" : "failing",
                Duration.between(here.since(), Instant.now()).toSeconds(),
                rest.orElse(health.reason()),
                summary(here.endpoints()));
    }

    /**
     * Rejects a call below the path of a plugin that is out of service.
     *
     * @param id in {@code snake_case}
     * @throws Rejection {@code OUT_OF_SERVICE} when it is
     */
    public void checkInService(String id) {
        for (DesiredPlugin desired : node.desiredPlugins()) {
            if (desired.id().equals(id) && node.state(desired) == PluginState.FAILED) {
                throw Rejection.later(
                        PluginError.OUT_OF_SERVICE,
                        "The plugin %s is out of service. An administrator finds the reason at GET /api/control-center/plugins."
                                .formatted(id),
                        Duration.ofSeconds(60));
            }
        }
    }

    /** Returns the numbers of implemented, mocked and pending endpoints of all plugins. */
    public Map<String, Integer> implementationStatus() {
        return summary(
                node.running().stream().flatMap(r -> r.endpoints().stream()).toList());
    }

    private static Map<String, Integer> summary(List<Endpoint<?>> endpoints) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Implementation status : Implementation.values()) {
            counts.put(status.name().toLowerCase(Locale.ROOT), 0);
        }
        endpoints.forEach(e -> counts.merge(e.implementation().name().toLowerCase(Locale.ROOT), 1, Integer::sum));
        return counts;
    }

    private DesiredPlugin find(String id) {
        return node.desiredPlugins().stream()
                .filter(desired -> desired.id().equals(snakeCase(id)))
                .findFirst()
                .orElseThrow(() -> unknown(id));
    }

    static Rejection unknown(String id) {
        return new Rejection(
                PluginError.UNKNOWN_PLUGIN, "There is no plugin " + id + ". GET /api/plugins lists those there are.");
    }

    static String snakeCase(String id) {
        return id.replace('-', '_');
    }
}
