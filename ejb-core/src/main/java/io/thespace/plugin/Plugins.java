package io.thespace.plugin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.Actions;
import io.thespace.endpoint.Answer;
import io.thespace.endpoint.Bulkhead;
import io.thespace.endpoint.Pipeline;
import io.thespace.endpoint.Routes;
import io.thespace.event.PendingEvents;
import io.thespace.event.relay.EventRelay;
import io.thespace.identity.plugin.Sandboxes;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.migration.Migrations;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Directory;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Events;
import io.thespace.plugin.api.Health;
import io.thespace.plugin.api.Implementation;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.plugin.api.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The plugins of this node. The database says what is wished; {@link PluginWatch} lets this look again and again whether
 * that is what is here, and make it so.
 */
@ApplicationScoped
public class Plugins {

    private static final Log LOG = Log.of(Plugins.class);
    private static final String PATH = "/api/plugins/";
    private static final Duration REPORT = Duration.ofSeconds(5);

    /** Why a wished version is not here: told once, not tried again until the wish changes. */
    private record Failed(Wish wish, String reason) {}

    private final UUID node = UUID.randomUUID();
    private final Map<String, Code> bundledCode = new TreeMap<>();
    private final Map<String, RunningPlugin> running = new ConcurrentSkipListMap<>();
    private final Map<String, Failed> failed = new ConcurrentHashMap<>();
    private volatile List<Wish> wishes = List.of();

    /** By the digest of their archive. */
    private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();

    /** Held while this node changes what it runs. */
    private final ReentrantLock changing = new ReentrantLock();

    private Path work;
    private Duration limit;
    private ThreadFactory threads;
    private long reportedAt;
    private List<Installations.Report> reported;

    @Inject
    @Any
    private Instance<Plugin> bundled;

    @Inject
    private Migrations migrations;

    @Inject
    private Installations installations;

    @Inject
    private PluginDatabase database;

    @Inject
    private PluginSessions sessions;

    @Inject
    private Directory directory;

    @Inject
    private Routes routes;

    @Inject
    private Pipeline pipeline;

    @Inject
    private Actions actions;

    @Inject
    private Sandboxes sandboxes;

    @Inject
    private EventRelay relay;

    @Inject
    private PendingEvents pending;

    /**
     * Starts what is wished.
     *
     * @param factory makes the threads that plugins run on
     */
    void open(ThreadFactory factory) {
        threads = factory;
        limit = Duration.ofSeconds(Configuration.get().get(Key.PLUGIN_TIMEOUT_SECONDS));
        work = workFolder();
        for (Plugin plugin : bundled) {
            Code code = new BundledCode(plugin);
            bundledCode.put(code.manifest().id(), code);
        }
        installations.bundle(bundledCode.values().stream().map(Code::manifest).toList());
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

    /** Makes this node run what is wished. */
    void converge() {
        changing.lock();
        try {
            List<Wish> now = installations.wishes();
            learn(now);
            wishes = now;
            Set<String> wished = new HashSet<>();
            for (Wish wish : now) {
                wished.add(wish.id());
                converge(wish);
            }
            for (String id : running.keySet()) {
                if (!wished.contains(id)) {
                    stop(id);
                }
            }
            failed.keySet().retainAll(wished);
            sessions.retain(running.keySet());
            report();
        } finally {
            changing.unlock();
        }
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

    private void converge(Wish wish) {
        RunningPlugin here = running.get(wish.id());
        if (wish.state() != PluginState.ENABLED || wish.change() == PluginChange.REMOVING) {
            if (here != null) {
                stop(wish.id());
            }
            return;
        }
        if (here != null && same(here, wish)) {
            failed.remove(wish.id());
            return;
        }
        Failed before = failed.get(wish.id());
        if (before != null && before.wish.equals(wish)) {
            return;
        }
        try {
            Optional<Code> code = Step.UNPACK.run(wish.id(), () -> code(wish));
            if (code.isPresent()) {
                place(start(code.get()));
                failed.remove(wish.id());
            }
        } catch (Rejection e) {
            failed.put(wish.id(), new Failed(wish, e.getMessage()));
            pending.add(
                    PluginEventTypes.SOURCE,
                    PluginEventTypes.FAILED,
                    wish.id(),
                    new PluginFailed(wish.id(), wish.version(), e.getMessage()));
        }
    }

    private static boolean same(RunningPlugin here, Wish wish) {
        return wish.sha256() == null ? here.sha256() == null : wish.sha256().equals(here.sha256());
    }

    /** The program of a wished version; empty when its archive is gone because the wish has changed meanwhile. */
    private Optional<Code> code(Wish wish) throws IOException {
        if (wish.sha256() == null) {
            return Optional.ofNullable(bundledCode.get(wish.id()));
        }
        Optional<byte[]> content = installations.content(wish.sha256());
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

    /** An archive's program, unpacked on this node. */
    Code unpack(Archive archive) throws IOException {
        return new ArchiveCode(
                archive, Files.createTempDirectory(work, archive.manifest().id() + "-"));
    }

    /** Brings a program into service beside whatever runs now; its endpoints do not answer yet. */
    RunningPlugin start(Code code) {
        String id = code.manifest().id();
        Bulkhead bulkhead = new Bulkhead(id, limit, Configuration.get().get(Key.PLUGIN_CONCURRENCY), threads);
        return RunningPlugin.start(code, context(code), migrations, bulkhead, limit);
    }

    /**
     * Calls the endpoints of a started plugin that are safe to call, before anybody else can.
     *
     * @throws Rejection {@code STEP_FAILED} when one breaks; the plugin is stopped then
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

    /** Lets a started plugin answer, in the place of the version before, which ends its calls and is let go. */
    void place(RunningPlugin next) {
        subscribe(next);
        routes.mount(next.mount(), PATH + next.id(), next.endpoints());
        RunningPlugin before = running.put(next.id(), next);
        LOG.info(
                "Plugin is enabled",
                "plugin",
                next.id(),
                "version",
                next.manifest().version());
        if (before != null) {
            before.stop(limit);
        }
    }

    /** So that it gets each event from the first one after its start on; if it fails now, the relay does it a moment later. */
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

    /** Takes a plugin's endpoints away, lets its calls end and lets it go. */
    void stop(String id) {
        routes.unmount(id);
        RunningPlugin before = running.remove(id);
        if (before != null) {
            before.stop(limit);
            sessions.close(id);
            LOG.info(
                    "Plugin is stopped",
                    "plugin",
                    id,
                    "version",
                    before.manifest().version());
        }
    }

    private void report() {
        List<Installations.Report> now = reports();
        long at = System.nanoTime();
        if (now.equals(reported) && at - reportedAt < REPORT.toNanos()) {
            return;
        }
        installations.report(node, now);
        reported = now;
        reportedAt = at;
    }

    private List<Installations.Report> reports() {
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

    /** Who may change what this node runs. */
    ReentrantLock changing() {
        return changing;
    }

    /** Which node this is, in what it reports. */
    UUID node() {
        return node;
    }

    private PluginContext context(Code code) {
        Manifest manifest = code.manifest();
        String id = manifest.id();
        boolean installed = code.sha256() != null;
        boolean ownSessions = installed && manifest.permissions().contains("database:schema");
        ObjectMapper mapper = Json.separate();
        if (ownSessions) {
            sessions.open(id);
        }
        Events events = ownSessions
                ? (actor, type, subject, data) -> sessions.publish(id, actor, type, subject, data, mapper)
                : (actor, type, subject, data) -> {
                    checkTenant(installed, id, actor);
                    database.publish(id, actor, type, subject, data, mapper);
                };
        Database own = new Database() {
            @Override
            public <T> T transact(Actor actor, Work<T> work) throws SQLException {
                return ownSessions ? sessions.transact(id, actor, work) : database.transact(id, actor, work);
            }
        };
        Directory people = new Directory() {
            @Override
            public Optional<Person> find(Actor actor, UUID userId) {
                checkTenant(installed, id, actor);
                return directory.find(actor, userId);
            }

            @Override
            public List<Person> administrators(Actor actor) {
                checkTenant(installed, id, actor);
                return directory.administrators(actor);
            }
        };
        return new PluginContext() {
            @Override
            public Events events() {
                return permitted("events:publish", events);
            }

            @Override
            public Directory directory() {
                return permitted("directory:read", people);
            }

            @Override
            public Database database() {
                return permitted("database:schema", own);
            }

            @Override
            public io.thespace.plugin.api.Actions actions() {
                return (actor, plugin, action, params) -> {
                    checkTenant(installed, id, actor);
                    Answer answer =
                            permitted("actions:" + plugin, actions).call(actor, plugin, action, params, null, mapper);
                    return new Content(
                            answer.mediaType() == null ? "application/json" : answer.mediaType(),
                            answer.body(),
                            answer.headers());
                };
            }

            @Override
            public Sandbox sandbox() {
                return permitted("sandbox", sandboxes.of(id));
            }

            private <T> T permitted(String permission, T part) {
                if (!manifest.permissions().contains(permission)) {
                    throw new IllegalStateException("it needs the permission " + permission + " in its plugin.json");
                }
                return part;
            }
        };
    }

    /** What comes with the platform may act for other tenants than the call's, such as the simulator's users. */
    private static void checkTenant(boolean installed, String id, Actor actor) {
        if (installed) {
            PluginSessions.checkTenant(id, actor);
        }
    }

    /** Stops all plugins. */
    void close() {
        changing.lock();
        try {
            List.copyOf(running.keySet()).forEach(this::stop);
            installations.report(node, List.of());
            sessions.closeAll();
            ArchiveCode.delete(work);
        } catch (RuntimeException | IOException e) {
            // The database may be gone before us; what was said last is forgotten by itself.
            LOG.info("Not all could be tidied up", "cause", String.valueOf(e.getMessage()));
        } finally {
            changing.unlock();
        }
    }

    /** What the plugins say of themselves whose endpoints answer now, by id. */
    public List<Manifest> enabled() {
        return running.values().stream().map(RunningPlugin::manifest).toList();
    }

    /** A plugin that runs on this node. */
    List<RunningPlugin> running() {
        return List.copyOf(running.values());
    }

    Optional<RunningPlugin> running(String id) {
        return Optional.ofNullable(running.get(id));
    }

    /** The program of a plugin that comes with the platform. */
    Optional<Code> bundledCode(String id) {
        return Optional.ofNullable(bundledCode.get(id));
    }

    /** What an installed plugin says of itself, whether it runs or not. */
    Optional<Manifest> manifest(Wish wish) {
        return wish.sha256() == null
                ? bundledCode(wish.id()).map(Code::manifest)
                : Optional.ofNullable(manifests.get(wish.sha256()));
    }

    /**
     * A file of a plugin that answers now, from the root of its archive; of a bundled one, from beside its class.
     *
     * @param path for example {@code ui/settings.js}
     * @throws Rejection {@code UNKNOWN_PLUGIN}
     */
    public Optional<byte[]> file(String id, String path) {
        find(id);
        RunningPlugin here = running.get(snakeCase(id));
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
        return wishes.stream().map(this::view).toList();
    }

    private PluginView view(Wish wish) {
        RunningPlugin here = running.get(wish.id());
        Optional<Manifest> manifest = here == null ? manifest(wish) : Optional.of(here.manifest());
        return new PluginView(
                wish.id(),
                manifest.map(Manifest::name).orElse(wish.id()),
                manifest.map(Manifest::version).orElse(wish.version()),
                state(wish).text(),
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

    /** What is wished, but for what did not come true on this node. */
    private PluginState state(Wish wish) {
        boolean missing = wish.state() == PluginState.ENABLED && !running.containsKey(wish.id());
        return missing ? PluginState.FAILED : wish.state();
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
        Wish wish = find(id);
        RunningPlugin here = running.get(wish.id());
        if (here == null) {
            return new PluginHealthView(
                    state(wish) == PluginState.FAILED ? "failing" : wish.state().text(),
                    0,
                    reason(wish),
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

    /** Why a plugin does not answer; null when nobody knows better than its state. */
    private String reason(Wish wish) {
        Failed why = failed.get(wish.id());
        return why == null ? wish.reason() : why.reason;
    }

    /**
     * Says that a plugin is out of service, to who calls a path below it that nobody answers at.
     *
     * @param id in {@code snake_case}
     * @throws Rejection {@code OUT_OF_SERVICE} when it is
     */
    public void checkInService(String id) {
        for (Wish wish : wishes) {
            if (wish.id().equals(id) && state(wish) == PluginState.FAILED) {
                throw Rejection.later(
                        PluginError.OUT_OF_SERVICE,
                        "The plugin %s is out of service. An administrator finds the reason at GET /api/control-center/plugins."
                                .formatted(id),
                        Duration.ofSeconds(60));
            }
        }
    }

    /** How many endpoints of all plugins are implemented, mocked and pending. */
    public Map<String, Integer> implementationStatus() {
        return summary(
                running.values().stream().flatMap(r -> r.endpoints().stream()).toList());
    }

    private static Map<String, Integer> summary(List<Endpoint<?>> endpoints) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Implementation status : Implementation.values()) {
            counts.put(status.name().toLowerCase(Locale.ROOT), 0);
        }
        endpoints.forEach(e -> counts.merge(e.implementation().name().toLowerCase(Locale.ROOT), 1, Integer::sum));
        return counts;
    }

    private Wish find(String id) {
        return wishes.stream()
                .filter(wish -> wish.id().equals(snakeCase(id)))
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
