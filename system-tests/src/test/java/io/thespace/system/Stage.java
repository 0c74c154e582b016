package io.thespace.system;

import io.thespace.configuration.Key;
import io.thespace.configuration.Key.ServerKind;
import io.thespace.launcher.Instance;
import io.thespace.launcher.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * The shared environment of all test classes: PostgreSQL, Redis, an external issuer of tokens, and one server with the
 * product, started for the first test and stopped after the last.
 */
final class Stage implements AutoCloseable {

    /** The first administrator, who is made by the product itself. */
    static final String ADMIN = "first@example.com";

    /** The origin whose pages may call the API. */
    static final String PAGES = "https://pages.example";

    /** Which server the suite runs on. */
    static final ServerKind KIND =
            ServerKind.valueOf(System.getProperty("space.server", "wildfly").toUpperCase(Locale.ROOT));

    private static final Duration TURN_LIMIT = Duration.ofMinutes(5);

    private static final ReadWriteLock TURNS = new ReentrantReadWriteLock();

    private static final Set<Integer> TAKEN_PORTS = ConcurrentHashMap.newKeySet();

    private static Stage shared;
    private static boolean fell;

    private final Path folder = temporaryFolder();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Stores stores;
    private ExternalIssuer issuer;
    private Instance instance;
    private Space space;
    private Database database;
    private ArquillianServer arquillian;

    private void raise() throws Exception {
        open.push(() -> clear(folder));
        issuer = opened(ExternalIssuer.start());
        stores = opened(Stores.start(folder.resolve("stores")));
        Map<String, String> settings = settings(folder.resolve("node"));
        settings.putAll(stores.settings());
        // So that a test can come from whatever address it likes.
        settings.put(Key.TRUSTED_PROXIES.name(), "127.0.0.1");
        settings.put(Key.CORS_ORIGINS.name(), PAGES);
        settings.put(Key.EXTERNAL_ISSUER.name(), ExternalIssuer.ISSUER);
        settings.put(Key.EXTERNAL_KEYS.name(), issuer.keys().toString());
        settings.put(Key.EXTERNAL_AUDIENCE.name(), ExternalIssuer.AUDIENCE);
        settings.put(Key.OIDC_CLIENT_ID.name(), ExternalSignIn.CLIENT_ID);
        settings.put(
                Key.OIDC_AUTHORIZATION_URL.name(), issuer.endpoint("authorize").toString());
        settings.put(Key.OIDC_TOKEN_URL.name(), issuer.endpoint("token").toString());
        settings.put(Key.OIDC_LOGOUT_URL.name(), issuer.endpoint("logout").toString());
        settings.put(Key.OIDC_NAME.name(), "Example Corp");
        instance = Instance.of(settings);
        instance.keys().ensure();
        database = new Database(instance.configuration());
        space = new Space(instance.base());
        if (KIND == ServerKind.WILDFLY) {
            arquillian = opened(ArquillianServer.start(instance, settings));
        } else {
            opened(new Node(instance, KIND).started());
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /** The one that all test classes play on. When it does not stand it is not raised again for each of them. */
    static synchronized Stage shared() {
        if (fell) {
            throw new IllegalStateException("The stage does not stand; see the first failure");
        }
        if (shared == null) {
            Stage stage = new Stage();
            try {
                stage.raise();
                shared = stage;
            } catch (Exception e) {
                fell = true;
                stage.closeQuietly(e);
                throw new IllegalStateException("The stage does not stand: " + e.getMessage(), e);
            }
        }
        return shared;
    }

    /**
     * For a test that runs beside those on the shared stage and uses it all the same: its data stores run until the lock is released.
     */
    static Lock keepRunning() {
        return taken(TURNS.readLock());
    }

    /** For a test that stops the shared stage's data stores: nobody uses it from beside until the lock is released. */
    static Lock beginOutage() {
        return taken(TURNS.writeLock());
    }

    private static Lock taken(Lock lock) {
        try {
            if (!lock.tryLock(TURN_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The shared stage is in use for more than " + TURN_LIMIT);
            }
            return lock;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it, if it was ever needed. */
    static synchronized void end() throws Exception {
        if (shared != null) {
            Stage stage = shared;
            shared = null;
            stage.close();
        }
    }

    Space space() {
        return space;
    }

    Database database() {
        return database;
    }

    /** A new organization, made by a platform administrator through the API. */
    UUID organization() {
        Caller administrator = space().as(fixtures().admin(fixtures().organization()));
        return UUID.fromString(administrator
                .post(
                        "/management/v1/organizations",
                        "name",
                        "Organization",
                        "owner_email",
                        "owner-" + UUID.randomUUID() + "@example.org")
                .is(201)
                .get("organization")
                .path("id")
                .asText());
    }

    Fixtures fixtures() {
        return new Fixtures(database);
    }

    ExternalIssuer issuer() {
        return issuer;
    }

    Stores stores() {
        return stores;
    }

    /** The server, on WildFly only. */
    ArquillianServer arquillian() {
        return arquillian;
    }

    /** The node's own folder, keys and settings. */
    Instance instance() {
        return instance;
    }

    /** Free ports that no other caller was given: a server binds its own only some time later. */
    static List<Integer> unusedPorts(int count) {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            int port = Ports.unused(1).get(0);
            if (TAKEN_PORTS.add(port)) {
                ports.add(port);
            }
        }
        return ports;
    }

    /** Settings of one more instance with its own folder and free ports; its data stores are still to be named. */
    static Map<String, String> settings(Path home) {
        List<Integer> ports = unusedPorts(5);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(Key.HOME.name(), home.toString());
        settings.put(Key.HTTP_PORT.name(), ports.get(0).toString());
        settings.put(Key.GRPC_PORT.name(), ports.get(1).toString());
        settings.put(Key.ADMIN_PORT.name(), ports.get(2).toString());
        settings.put(Key.POSTGRES_PORT.name(), ports.get(3).toString());
        settings.put(Key.REDIS_PORT.name(), ports.get(4).toString());
        settings.put(Key.ADMIN_EMAIL.name(), ADMIN);
        settings.put(Key.ADMIN_PASSWORD.name(), Fixtures.PASSWORD);
        settings.put(Key.PLUGIN_PUBLISHERS.name(), PluginZip.publishers());
        // Short, since some hang; and longer than waiting for two locks, which says by itself what it waited for.
        settings.put(Key.PLUGIN_TIMEOUT_SECONDS.name(), "12");
        settings.put(Key.GATEWAY_NETWORKS.name(), "127.0.0.1/32");
        // The machine has other things to do; that the deadline holds is a test of its own.
        settings.put(Key.AUTH_DEADLINE_MILLIS.name(), "5000");
        settings.put(Key.JAVA_OPTIONS.name(), "-XX:TieredStopAtLevel=1");
        return settings;
    }

    /** A folder that PostgreSQL can enter even when these tests run as root. */
    static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("space-tests");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the logs below {@code target/server-logs} and deletes the rest. */
    static void clear(Path folder) throws IOException {
        Path kept = Path.of("target", "server-logs", KIND.name().toLowerCase(Locale.ROOT))
                .resolve(folder.getFileName());
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                if (path.toString().contains("/logs/") && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    Path copy = kept.resolve(folder.relativize(path).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(path, copy);
                }
                Files.delete(path);
            }
        }
    }

    /** Ends all parts, the last one first. */
    @Override
    public void close() throws Exception {
        Exception first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void closeQuietly(Exception cause) {
        try {
            close();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }
}
