package io.thespace.launcher;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.InvalidConfiguration;
import io.thespace.configuration.Key;
import io.thespace.configuration.Key.ServerKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The commands of {@code deploy.sh}. */
public final class Launcher {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);

    private final Instance instance;

    /** The first administrator's generated password, when this start has shown it. */
    private String shown;

    Launcher(Instance instance) {
        this.instance = instance;
    }

    /**
     * Runs one command.
     *
     * @param arguments as deploy.sh takes them
     */
    @SuppressWarnings("SystemExitOutsideMain") // This is main; Error Prone requires the exact text.
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command and returns its exit code: 0, 1 when it failed, 2 for wrong arguments. */
    static int run(String... arguments) {
        List<String> words = Arrays.asList(arguments);
        try {
            String command = words.isEmpty() ? "start" : words.get(0);
            if (Authoring.COMMANDS.contains(command)) {
                return Authoring.run(command, words.subList(1, words.size()));
            }
            Launcher launcher = new Launcher(Instance.ofThisProcess());
            switch (command) {
                case "start" -> Lock.holding(launcher.instance.home(), launcher::start);
                case "stop" -> Lock.holding(launcher.instance.home(), launcher::stop);
                case "status" -> launcher.status(words.contains("--json"));
                case "reset" -> launcher.reset(words.contains("--yes"));
                case "organization" -> launcher.organization(words.subList(1, words.size()));
                case "rotate-keys" -> Lock.holding(launcher.instance.home(), launcher::rotateKeys);
                default -> {
                    System.err.println("Unknown command: " + command);
                    return 2;
                }
            }
            return words.contains("--test-endpoints") ? launcher.testEndpoints() : 0;
        } catch (InvalidConfiguration e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (LaunchFailure e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    void start() {
        State state = State.of(instance);
        Optional<Server> running = state.runningServer();
        if (running.isPresent() && running.get().kind() != instance.server().kind()) {
            throw new LaunchFailure("This instance runs on %s. Stop it first: ./deploy.sh stop"
                    .formatted(name(running.get().kind())));
        }
        if (running.isPresent()) {
            state.requireSameAddresses();
        }
        Path archive = archive();
        boolean repaired = running.isPresent() && restartDeadStores(instance);
        if (running.isPresent() && !repaired && state.ready()) {
            alreadyRunning(state, running.get(), ServerFiles.fingerprint(archive));
            return;
        }
        long began = System.nanoTime();
        Server server = running.orElseGet(instance::server);
        if (running.isEmpty()) {
            checkPorts(server);
        }
        instance.keys().ensure();
        if (!repaired) {
            startStores();
        }
        if (running.isEmpty()) {
            step("Starting " + name(server.kind()));
            State.starting(instance, ServerFiles.fingerprint(archive));
            server.start(archive);
        } else if (repaired) {
            step("Waiting for the server to go on");
        } else {
            step("It is starting already; waiting for it");
        }
        await(server, running.isEmpty());
        State.became(instance, "running");
        System.out.printf(Locale.ROOT, "Ready after %.1f s.%n", (System.nanoTime() - began) / 1e9);
        greet(server);
    }

    /** Reports a server that is ready, and completes the start of a launcher that was interrupted while it waited. */
    void alreadyRunning(State state, Server server, String archive) {
        System.out.println("Already running at " + state.baseUrl());
        if (!state.archive().equals(archive)) {
            System.out.println(
                    "The running server is an older build. Run ./deploy.sh stop and ./deploy.sh to start the new one.");
        }
        if (!state.sameSettings()) {
            System.out.println(
                    "The running server has other settings. Run ./deploy.sh stop and ./deploy.sh to apply these.");
        }
        if (!state.confirmed()) {
            State.became(instance, "running");
        }
        if (Files.exists(instance.firstPassword())) {
            greet(server);
        }
    }

    /**
     * Waits until the server is ready.
     *
     * @param own whether this launcher has started it
     */
    void await(Server server, boolean own) {
        boolean terminal = Terminal.console().isPresent();
        long began = System.nanoTime();
        try {
            server.awaitReady(Duration.ofSeconds(instance.configuration().get(Key.START_TIMEOUT_SECONDS)), () -> {
                if (terminal) {
                    System.out.printf(
                            "\rWaiting for %s ... %d s ",
                            instance.base(), (System.nanoTime() - began) / 1_000_000_000L);
                    System.out.flush();
                }
            });
        } catch (LaunchFailure e) {
            if (!own) {
                // It may have served for long, and be without its database for a moment only.
                throw new LaunchFailure(e.getMessage() + "\nIt was not stopped. To stop it: ./deploy.sh stop", e);
            }
            // A server that did not become ready is stopped, so that the next start is clean.
            server.kill();
            State.became(instance, "failed");
            throw e;
        } finally {
            if (terminal) {
                System.out.println();
            }
        }
    }

    /**
     * Starts again what of the embedded stores has ended, or does not answer, below a server that runs on and connects again by
     * itself.
     *
     * @return whether anything had ended
     */
    static boolean restartDeadStores(Instance instance) {
        boolean postgres =
                instance.embedsPostgres() && instance.postgres().pid().isEmpty();
        boolean redis = instance.embedsRedis() && !instance.redis().answers();
        if (postgres) {
            startPostgres(instance);
        }
        if (redis) {
            startRedis(instance);
        }
        return postgres || redis;
    }

    private static void startPostgres(Instance instance) {
        step("Starting PostgreSQL on 127.0.0.1:" + instance.postgres().port());
        instance.postgres().start();
    }

    private static void startRedis(Instance instance) {
        step("Starting Redis on 127.0.0.1:" + instance.redis().port());
        instance.redis().start();
    }

    private void startStores() {
        if (instance.embedsPostgres()) {
            startPostgres(instance);
        } else {
            var url = instance.databaseUrl();
            step("Using " + url);
            var properties = new Properties();
            properties.putAll(url.parameters());
            properties.setProperty("user", url.user());
            properties.setProperty("password", url.password());
            properties.setProperty("connectTimeout", "5");
            try (Connection connection = DriverManager.getConnection(url.jdbc(), properties)) {
                connection.isValid(5);
            } catch (SQLException e) {
                throw new LaunchFailure(
                        "%s is set, but the connection to the database failed: %s"
                                .formatted(Key.DATABASE_URL.name(), e.getMessage()),
                        e);
            }
        }
        if (instance.embedsRedis()) {
            startRedis(instance);
        } else {
            URI url = instance.configuration().get(Key.REDIS_URL);
            int port = url.getPort() < 0 ? 6379 : url.getPort();
            step("Using Redis at " + url.getHost() + ":" + port);
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(url.getHost(), port), 5000);
            } catch (IOException e) {
                // The product degrades without Redis; a missing Redis does not prevent the start.
                System.out.println("Warning: Redis does not respond; the product starts without it.");
            }
        }
    }

    private void checkPorts(Server server) {
        Configuration configuration = instance.configuration();
        Map<Key<Integer>, String> needed = new LinkedHashMap<>();
        String address = configuration.get(Key.HTTP_ADDRESS);
        needed.put(Key.HTTP_PORT, address);
        needed.put(Key.GRPC_PORT, configuration.get(Key.GRPC_ADDRESS));
        if (server.kind() != ServerKind.MICRO) {
            needed.put(Key.ADMIN_PORT, "127.0.0.1");
        }
        if (instance.embedsPostgres() && instance.postgres().pid().isEmpty()) {
            needed.put(Key.POSTGRES_PORT, "127.0.0.1");
        }
        if (instance.embedsRedis() && instance.redis().pid().isEmpty()) {
            needed.put(Key.REDIS_PORT, "127.0.0.1");
        }
        List<String> problems = new ArrayList<>();
        Map<Integer, Key<Integer>> seen = new HashMap<>();
        needed.forEach((key, bind) -> {
            int port = configuration.get(key);
            Key<Integer> other = seen.putIfAbsent(port, key);
            if (other != null) {
                problems.add("%s and %s are both %d: change one.".formatted(other.name(), key.name(), port));
            } else if (!Ports.free(bind, port)) {
                problems.add("Port %d is taken. End the program that uses it, or choose another port with %s."
                        .formatted(port, key.name()));
            }
        });
        if (!problems.isEmpty()) {
            throw new LaunchFailure(String.join("\n", problems));
        }
    }

    private Path archive() {
        Path archive = Checkout.folder()
                .resolve(
                        instance.server().kind() == ServerKind.MICRO
                                ? "micro/target/the-space.war"
                                : "ear/target/the-space.ear");
        if (!Files.isRegularFile(archive)) {
            throw new LaunchFailure(archive + " is not built yet: run ./deploy.sh, which builds it.");
        }
        return archive;
    }

    private void greet(Server server) {
        String base = instance.base().toString();
        System.out.println();
        System.out.println("  API      " + base + "/api");
        System.out.println("  Browser  " + base + "/" + answered(server, "/"));
        System.out.println("  Docs     " + base + "/api/docs" + answered(server, "/api/docs"));
        System.out.println("  Health   " + base + "/api/health" + answered(server, "/api/health"));
        if (server.kind() != ServerKind.MICRO) {
            System.out.println("  Console  http://127.0.0.1:"
                    + instance.configuration().get(Key.ADMIN_PORT)
                    + (server.kind() == ServerKind.PAYARA
                            ? " (user admin, password in " + instance.home().resolve("secrets/admin-console") + ")"
                            : ""));
        }
        System.out.println("  Admin    " + instance.configuration().get(Key.ADMIN_EMAIL));
        String password = PrivateFiles.read(instance.firstPassword());
        if (password != null) {
            System.out.println("  Password " + password + "  (generated; shown only this once)");
            PrivateFiles.delete(instance.firstPassword());
            shown = password;
        }
        System.out.println();
    }

    /** A small self-test: nothing when the path answers as it should. */
    private static String answered(Server server, String path) {
        int status = server.status(path);
        return status / 100 == 2 || status / 100 == 3 ? "" : "  (answers " + status + "!)";
    }

    private void stop() {
        Optional<Server> server = State.of(instance).runningServer();
        boolean nothing = server.isEmpty()
                && instance.postgres().pid().isEmpty()
                && instance.redis().pid().isEmpty();
        server.ifPresent(running -> {
            step("Stopping " + name(running.kind()));
            running.stop(STOP_LIMIT);
        });
        if (instance.redis().pid().isPresent()) {
            step("Stopping Redis");
            instance.redis().stop();
        }
        if (instance.postgres().pid().isPresent()) {
            step("Stopping PostgreSQL");
            instance.postgres().stop();
        }
        State.became(instance, "stopped");
        System.out.println(nothing ? "Nothing was running." : "Stopped.");
    }

    private void status(boolean json) {
        State state = State.of(instance);
        if (json) {
            System.out.println(Json.text(state.view()));
            return;
        }
        state.view().forEach((name, value) -> System.out.printf("%-9s %s%n", name, value));
    }

    private void reset(boolean yes) {
        if (!yes) {
            if (Terminal.console().isEmpty()) {
                throw new LaunchFailure("There is no terminal to confirm on. Run ./deploy.sh reset --yes");
            }
            if (!"yes".equals(Terminal.ask("Delete all data, keys and logs in " + instance.home() + "? Type yes: "))) {
                throw new LaunchFailure("Nothing was deleted.");
            }
        }
        Lock.holding(instance.home(), () -> {
            stop();
            instance.erase();
            System.out.println("Deleted the data, keys and logs of the instance in " + instance.home() + "."
                    + (instance.embedsPostgres() ? "" : " The database of DATABASE_URL is untouched."));
        });
    }

    private void rotateKeys() {
        System.out.println("New signing key " + instance.keys().rotate()
                + ". A running server signs with it within a minute; older tokens stay good until they expire.");
    }

    private void organization(List<String> words) {
        State state = State.of(instance);
        if (!state.ready()) {
            throw new LaunchFailure("This instance does not run. Start it first: ./deploy.sh start");
        }
        String email = instance.configuration().get(Key.ADMIN_EMAIL);
        NewOrganization.create(URI.create(state.baseUrl()), email, adminPassword(email), words, System.out);
    }

    private String adminPassword(String email) {
        return instance.configuration()
                .find(Key.ADMIN_PASSWORD)
                .or(() -> Optional.ofNullable(shown))
                .or(() -> Optional.ofNullable(Terminal.askPassword("Password of " + email + ": ")))
                .orElseThrow(() -> new LaunchFailure(
                        "Set " + Key.ADMIN_PASSWORD.name() + " to the first administrator's password."));
    }

    private int testEndpoints() {
        String email = instance.configuration().get(Key.ADMIN_EMAIL);
        String password = adminPassword(email);
        int wrong = RequestWalk.walk(
                Checkout.folder().resolve("requests"),
                URI.create(State.of(instance).baseUrl()),
                email,
                password,
                System.out);
        return wrong == 0 ? 0 : 1;
    }

    private static String name(ServerKind kind) {
        return switch (kind) {
            case PAYARA -> "Payara Server";
            case WILDFLY -> "WildFly";
            case MICRO -> "Payara Micro";
        };
    }

    private static void step(String text) {
        System.out.println(text + " ...");
    }
}
