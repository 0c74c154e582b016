package io.thespace.launcher;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.DatabaseUrl;
import io.thespace.configuration.Key;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * An instance of the product: its settings and its folder, SPACE_HOME. Several can coexist when their folders and ports
 * differ. Several live side by side when their folders and ports differ.
 */
public final class Instance {

    /** Settings of the launcher, and of the first start. */
    private static final Set<Key<?>> ONLY_AT_START = Set.of(
            Key.HOME,
            Key.SERVER,
            Key.CACHE,
            Key.START_TIMEOUT_SECONDS,
            Key.ADMIN_EMAIL,
            Key.ADMIN_PASSWORD,
            Key.ORGANIZATION_NAME);

    private final UnaryOperator<String> source;
    private final Configuration configuration;
    private final Path home;

    private Instance(UnaryOperator<String> source) {
        this.source = source;
        this.configuration = Configuration.read(source);
        this.home = configuration.get(Key.HOME);
    }

    /** The instance that this process's system properties and environment variables describe. */
    public static Instance ofThisProcess() {
        return of(Map.of());
    }

    /**
     * An instance with settings of its own.
     *
     * @param settings by the name of their {@link Key}; they win over this process's
     */
    public static Instance of(Map<String, String> settings) {
        Map<String, String> copy = Map.copyOf(settings);
        return new Instance(name -> copy.containsKey(name) ? copy.get(name) : Configuration.set(name));
    }

    /** Its settings. */
    public Configuration configuration() {
        return configuration;
    }

    /** SPACE_HOME, made when it is not there. */
    public Path home() {
        if (!Files.isDirectory(home)) {
            enterable(home);
        }
        return home;
    }

    /** The folder of the logs, made when it is not there. */
    public Path logs() {
        return enterable(home().resolve("logs"));
    }

    /** Returns the folder of unpacked distributions, shared by all instances. */
    Path cache() {
        return configuration.find(Key.CACHE).orElseGet(() -> {
            // Not below root's own folder, which PostgreSQL as nobody could not enter.
            if (Unprivileged.root()) {
                return Path.of("/var/cache/the-space");
            }
            String folder = System.getenv("XDG_CACHE_HOME");
            return (folder == null || folder.isBlank()
                            ? Path.of(System.getProperty("user.home"), ".cache")
                            : Path.of(folder))
                    .resolve("the-space");
        });
    }

    /** The embedded PostgreSQL; use it only when no database is configured. */
    public Postgres postgres() {
        return new Postgres(this);
    }

    /** The embedded Redis; use it only when no Redis is configured. */
    public Redis redis() {
        return new Redis(this);
    }

    /** The keys that sign access tokens. */
    public SigningKeys keys() {
        return new SigningKeys(home().resolve("keys"));
    }

    /** The server that {@link Key#SERVER} names. */
    public Server server() {
        return server(configuration.get(Key.SERVER));
    }

    /** A server of the given kind. */
    public Server server(Key.ServerKind kind) {
        return switch (kind) {
            case PAYARA -> new PayaraServer(this);
            case WILDFLY -> new WildFlyServer(this);
            case MICRO -> new MicroServer(this);
        };
    }

    /** Whether the launcher starts the database. */
    public boolean embedsPostgres() {
        return configuration.find(Key.DATABASE_URL).isEmpty();
    }

    /** Whether the launcher starts Redis. */
    public boolean embedsRedis() {
        return configuration.find(Key.REDIS_URL).isEmpty();
    }

    /** The database as the owner of its tables. */
    public DatabaseUrl databaseUrl() {
        return configuration
                .find(Key.DATABASE_URL)
                .orElseGet(() -> DatabaseUrl.parse(postgres().url()));
    }

    /** Returns the base URL of the API, for callers on this machine. */
    public URI base() {
        return URI.create("http://" + callable() + ":" + configuration.get(Key.HTTP_PORT));
    }

    private String callable() {
        String address = configuration.get(Key.HTTP_ADDRESS);
        if (address.equals("0.0.0.0") || address.equals("::")) {
            return "127.0.0.1";
        }
        return address.contains(":") ? "[" + address + "]" : address;
    }

    /**
     * Returns the environment variables for the server's process, in addition to this process's own. Files and folders
     * are absolute: the server runs in another folder.
     */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        for (Key<?> key : Key.ALL) {
            String text = source.apply(key.name());
            if (text == null) {
                text = key.fallback();
            }
            if (text != null) {
                environment.put(Configuration.environmentName(key.name()), text);
            }
            configuration
                    .find(key)
                    .filter(Path.class::isInstance)
                    .ifPresent(path -> environment.put(Configuration.environmentName(key.name()), path.toString()));
        }
        configuration
                .find(Key.EXTERNAL_KEYS)
                .filter(location -> !location.matches("(?s)(https?|file):.*"))
                .ifPresent(file -> environment.put(
                        Configuration.environmentName(Key.EXTERNAL_KEYS.name()),
                        Path.of(file).toAbsolutePath().normalize().toString()));
        environment.put(Key.HOME.name(), home.toString());
        if (embedsPostgres()) {
            environment.put(Key.DATABASE_URL.name(), postgres().url());
        }
        if (embedsRedis()) {
            environment.put(Key.REDIS_URL.name(), redis().url());
        }
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return environment;
    }

    /**
     * A fingerprint of the settings that a server is started with. Settings that a running server does not use have no
     * influence. A secret of the instance goes into it, so that it does not help to guess a password.
     */
    String settingsFingerprint() {
        Map<String, String> environment = environment();
        List<String> texts = new ArrayList<>(List.of(secret("settings")));
        for (Key<?> key : Key.ALL) {
            String text = environment
                    .getOrDefault(Configuration.environmentName(key.name()), "")
                    .strip();
            if (!text.isEmpty() && !text.equals(key.fallback()) && !ONLY_AT_START.contains(key)) {
                texts.addAll(List.of(key.name(), text));
            }
        }
        return ServerFiles.fingerprint(texts.toArray(String[]::new));
    }

    /** A generated secret of this instance: the same at each call. */
    String secret(String name) {
        Path file = PrivateFiles.folder(home().resolve("secrets")).resolve(name);
        String secret = PrivateFiles.read(file);
        if (secret == null || secret.isEmpty()) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            secret = HexFormat.of().formatHex(random);
            PrivateFiles.write(file, secret);
        }
        return secret;
    }

    /** Deletes all that an instance makes in its folder, and nothing else that may lie there. */
    void erase() {
        for (String name : List.of("postgres", "redis", "server", "keys", "secrets", "logs", "work", "state.json")) {
            PrivateFiles.delete(home.resolve(name));
        }
        PrivateFiles.delete(firstPassword());
        // A server that was killed before the administrator existed leaves the password under another name.
        PrivateFiles.names(home).stream()
                .filter(name -> name.startsWith(firstPassword().getFileName() + "."))
                .forEach(name -> PrivateFiles.delete(home.resolve(name)));
    }

    /** Returns the file to which the server's first start writes the generated password. */
    Path firstPassword() {
        return home.resolve("first-admin-password");
    }

    private static Path enterable(Path folder) {
        // When root starts it, PostgreSQL runs as nobody and has to reach its own folders.
        return PrivateFiles.folder(folder, Unprivileged.root() ? "rwx--x--x" : "rwx------");
    }
}
