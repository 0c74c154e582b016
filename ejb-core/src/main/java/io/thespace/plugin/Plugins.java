package io.thespace.plugin;

import io.thespace.endpoint.Routes;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.migration.Migrations;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Directory;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Events;
import io.thespace.plugin.api.Health;
import io.thespace.plugin.api.Implementation;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The plugins of this node. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Plugins {

    private static final Log LOG = Log.of(Plugins.class);

    private record Running(
            Plugin plugin,
            Manifest manifest,
            PluginState state,
            String reason,
            Instant since,
            List<Endpoint<?>> endpoints) {}

    private final Map<String, Running> running = new ConcurrentSkipListMap<>();

    @Inject
    @Any
    private Instance<Plugin> bundled;

    @Inject
    private Migrations migrations;

    @Inject
    private PluginDatabase database;

    @Inject
    private Directory directory;

    @Inject
    private Routes routes;

    @PostConstruct
    void startBundled() {
        for (Plugin plugin : bundled) {
            start(plugin);
        }
    }

    private void start(Plugin plugin) {
        Manifest manifest = manifest(plugin);
        String id = manifest.id();
        try {
            migrations.migrate(id, plugin.getClass().getClassLoader());
            plugin.start(context(id));
            List<Endpoint<?>> endpoints = List.copyOf(plugin.endpoints());
            routes.mount(id, "/api/plugins/" + id, endpoints);
            running.put(id, new Running(plugin, manifest, PluginState.ENABLED, null, Instant.now(), endpoints));
            LOG.info("Plugin is enabled", "plugin", id, "version", manifest.version());
        } catch (Exception | LinkageError e) {
            LOG.error("Plugin did not start", e, "plugin", id);
            running.put(
                    id, new Running(plugin, manifest, PluginState.FAILED, e.getMessage(), Instant.now(), List.of()));
        }
    }

    private static Manifest manifest(Plugin plugin) {
        Class<?> type = plugin.getClass();
        try (InputStream json = type.getResourceAsStream("plugin.json")) {
            if (json == null) {
                throw new IllegalStateException(type.getName() + " has no plugin.json beside it");
            }
            return Json.MAPPER.readValue(json, Manifest.class);
        } catch (IOException e) {
            throw new IllegalStateException("The plugin.json of " + type.getName() + " is malformed", e);
        }
    }

    private PluginContext context(String id) {
        Events events = (actor, type, subject, data) -> database.publish(id, actor, type, subject, data);
        Database own = new Database() {
            @Override
            public <T> T transact(Actor actor, Work<T> work) throws SQLException {
                return database.transact(id, actor, work);
            }
        };
        return new PluginContext() {
            @Override
            public Events events() {
                return events;
            }

            @Override
            public Directory directory() {
                return directory;
            }

            @Override
            public Database database() {
                return own;
            }
        };
    }

    @PreDestroy
    void stop() {
        running.forEach((id, r) -> {
            routes.unmount(id);
            if (r.state == PluginState.ENABLED) {
                r.plugin.stop();
            }
        });
    }

    /** What the plugins say of themselves whose endpoints answer now, by id. */
    public List<Manifest> enabled() {
        return running.values().stream()
                .filter(r -> r.state == PluginState.ENABLED)
                .map(Running::manifest)
                .toList();
    }

    /**
     * A file of an enabled plugin, from the root of its archive; of a bundled one, from beside its class.
     *
     * @param path for example {@code ui/settings.js}
     * @throws Rejection {@code UNKNOWN_PLUGIN}
     */
    public Optional<byte[]> file(String id, String path) {
        Running r = find(id);
        if (r.state != PluginState.ENABLED || path.startsWith("/") || path.contains("..")) {
            return Optional.empty();
        }
        try (InputStream in = r.plugin.getClass().getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every plugin, by id. */
    public List<PluginView> list() {
        return running.values().stream()
                .map(r -> new PluginView(
                        r.manifest.id(),
                        r.manifest.name(),
                        r.manifest.version(),
                        r.state.name().toLowerCase(Locale.ROOT),
                        r.manifest.description(),
                        r.manifest.author(),
                        r.endpoints.size(),
                        r.plugin.events().stream().map(e -> e.name()).toList(),
                        r.manifest.ui().stream()
                                .map(m -> m.place().name().toLowerCase(Locale.ROOT))
                                .distinct()
                                .toList(),
                        r.manifest.permissions()))
                .toList();
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
     * How a plugin is.
     *
     * @param id in {@code snake_case} or {@code kebab-case}
     * @throws Rejection {@code UNKNOWN_PLUGIN}
     */
    public PluginHealthView health(String id) {
        Running r = find(id);
        Health health = r.state == PluginState.ENABLED ? r.plugin.health() : Health.failing(r.reason);
        return new PluginHealthView(
                health.ok() ? "ok" : "failing",
                Duration.between(r.since, Instant.now()).toSeconds(),
                health.reason(),
                summary(r.endpoints));
    }

    /** How many endpoints of all plugins are implemented, mocked and pending. */
    public Map<String, Integer> implementationStatus() {
        return summary(
                running.values().stream().flatMap(r -> r.endpoints.stream()).toList());
    }

    private static Map<String, Integer> summary(List<Endpoint<?>> endpoints) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Implementation status : Implementation.values()) {
            counts.put(status.name().toLowerCase(Locale.ROOT), 0);
        }
        endpoints.forEach(e -> counts.merge(e.implementation().name().toLowerCase(Locale.ROOT), 1, Integer::sum));
        return counts;
    }

    private Running find(String id) {
        Running found = running.get(snakeCase(id));
        if (found == null) {
            throw new Rejection(
                    PluginError.UNKNOWN_PLUGIN,
                    "There is no plugin " + id + ". GET /api/plugins lists those there are.");
        }
        return found;
    }

    private static String snakeCase(String id) {
        return id.replace('-', '_');
    }
}
