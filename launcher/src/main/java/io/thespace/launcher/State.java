package io.thespace.launcher;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.configuration.Key.ServerKind;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The last requested state of an instance, in SPACE_HOME/state.json, and its actual state. */
final class State {

    private static final List<String> PORTS = List.of("http", "grpc", "admin", "postgres", "redis");
    private static final List<String> ADDRESSES =
            Stream.concat(Stream.of("base_url"), PORTS.stream()).toList();

    private final Instance instance;
    private final Map<String, String> written;

    private State(Instance instance, Map<String, String> written) {
        this.instance = instance;
        this.written = written;
    }

    /** Reads the stored state; empty for an instance that was never started. */
    static State of(Instance instance) {
        String text = PrivateFiles.read(instance.home().resolve("state.json"));
        return new State(instance, text == null ? Map.of() : Json.strings(text));
    }

    /** Writes that the server is being started, with the settings it is given. */
    static void starting(Instance instance, String archive) {
        Map<String, String> state = addresses(instance);
        state.put("server", name(instance.server().kind()));
        state.put("archive", archive);
        state.put("settings", instance.settingsFingerprint());
        write(instance, state, "starting");
    }

    /** The base URL and the ports of the server and of the embedded stores, as the settings have them. */
    private static Map<String, String> addresses(Instance instance) {
        Configuration configuration = instance.configuration();
        Map<String, String> state = new TreeMap<>();
        state.put("base_url", instance.base().toString());
        state.put("http", configuration.get(Key.HTTP_PORT).toString());
        state.put("grpc", configuration.get(Key.GRPC_PORT).toString());
        if (instance.server().kind() != ServerKind.MICRO) {
            state.put("admin", configuration.get(Key.ADMIN_PORT).toString());
        }
        if (instance.embedsPostgres()) {
            state.put("postgres", configuration.get(Key.POSTGRES_PORT).toString());
        }
        if (instance.embedsRedis()) {
            state.put("redis", configuration.get(Key.REDIS_PORT).toString());
        }
        return state;
    }

    /** Writes what became of it: {@code running}, {@code failed} or {@code stopped}. */
    static void became(Instance instance, String outcome) {
        write(instance, new TreeMap<>(of(instance).written), outcome);
    }

    private static void write(Instance instance, Map<String, String> state, String outcome) {
        state.put("state", outcome);
        PrivateFiles.write(instance.home().resolve("state.json"), Json.text(state));
    }

    /** The server that was started last. */
    Optional<Server> server() {
        return Optional.ofNullable(written.get("server"))
                .map(kind -> instance.server(ServerKind.valueOf(kind.toUpperCase(Locale.ROOT))));
    }

    /** The server, if its process is there. */
    Optional<Server> runningServer() {
        return server().filter(server -> server.process().isPresent());
    }

    /**
     * Requires that a running server and its stores have the addresses of the settings: stores must not move below a
     * running server.
     *
     * @throws LaunchFailure naming the differences
     */
    void requireSameAddresses() {
        Map<String, String> wanted = addresses(instance);
        List<String> differences = ADDRESSES.stream()
                .filter(name -> !Objects.equals(written.get(name), wanted.get(name)))
                .map(name -> "  %s is %s, not %s"
                        .formatted(name, written.getOrDefault(name, "unset"), wanted.getOrDefault(name, "unset")))
                .toList();
        if (!differences.isEmpty()) {
            throw new LaunchFailure("This instance runs on other addresses than the settings name:\n%s\n"
                            .formatted(String.join("\n", differences))
                    + "Set the same ones, or stop it first: ./deploy.sh stop");
        }
    }

    /** Whether a running server was started with the settings; true when its launcher has not recorded them. */
    boolean sameSettings() {
        String started = written.get("settings");
        return started == null || started.equals(instance.settingsFingerprint());
    }

    /** Whether the launcher that started the server saw it become ready. */
    boolean confirmed() {
        return "running".equals(written.get("state"));
    }

    /** Returns the running build. */
    String archive() {
        return written.getOrDefault("archive", "");
    }

    /** Returns the base URL of the API. */
    String baseUrl() {
        return written.getOrDefault("base_url", instance.base().toString());
    }

    /** {@code running}, {@code stopped}, {@code starting} or {@code failed}. */
    String now() {
        String last = written.getOrDefault("state", "stopped");
        if (runningServer().isEmpty()) {
            // Gone without having been stopped.
            return last.equals("stopped") ? "stopped" : "failed";
        }
        return last.equals("running") || ready() ? "running" : last.equals("starting") ? "starting" : "failed";
    }

    /** Whether the API answers that it is ready. */
    boolean ready() {
        return runningServer()
                .filter(server -> server.ready(URI.create(baseUrl())))
                .isPresent();
    }

    /** For programs. */
    Map<String, Object> view() {
        Map<String, Object> ports = new LinkedHashMap<>();
        for (String name : PORTS) {
            ports.put(name, written.containsKey(name) ? Integer.valueOf(written.get(name)) : null);
        }
        Map<String, Object> pids = new LinkedHashMap<>();
        pids.put(
                "server",
                runningServer()
                        .flatMap(Server::process)
                        .map(RunningProcess::pid)
                        .orElse(null));
        pids.put("postgres", instance.postgres().pid().orElse(null));
        pids.put("redis", instance.redis().pid().orElse(null));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("state", now());
        view.put("ready", ready());
        view.put("base_url", baseUrl());
        view.put("ports", ports);
        view.put("pids", pids);
        view.put("server", server().map(server -> name(server.kind())).orElse(null));
        view.put("home", instance.home().toString());
        return view;
    }

    private static String name(ServerKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
