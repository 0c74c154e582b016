package io.thespace.benchmark;

import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import io.thespace.launcher.Ports;
import io.thespace.launcher.Postgres;
import io.thespace.launcher.Redis;
import io.thespace.launcher.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures how exactly two nodes on one Redis enforce one limit: while both run, while one is killed and restarted, and
 * while Redis is unavailable and returns with and without its data. Starts all processes in a temporary folder and
 * deletes it.
 */
public final class LimitBenchmark {

    private static final int CALLS = 100;
    private static final int WINDOWS = 6;
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final PrintStream out = System.out;
    private final Duration window;
    private final Path archive;
    private final Path folder;
    private final Instance stores;
    private final List<Instance> nodes = new ArrayList<>();

    /** Work that is done while the callers send requests. */
    @FunctionalInterface
    private interface Turn {
        void take() throws Exception;
    }

    private LimitBenchmark(Path archive, Duration window) throws IOException {
        this.archive = archive;
        this.window = window;
        this.folder = Files.createTempDirectory("space-limits");
        // So that PostgreSQL can enter it even when this runs as root.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        this.stores = Instance.of(settings("stores"));
    }

    /**
     * Prints what was let through.
     *
     * @param arguments the EAR, and the window's seconds (10); {@code SPACE_SERVER} names the server
     */
    public static void main(String[] arguments) throws Exception {
        Duration window = Duration.ofSeconds(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10);
        LimitBenchmark benchmark = new LimitBenchmark(Path.of(arguments[0]), window);
        // Servers and stores outlive the process that started them.
        Runtime.getRuntime().addShutdownHook(new Thread(benchmark::stop));
        benchmark.run();
    }

    private Map<String, String> settings(String name) {
        List<Integer> ports = Ports.unused(5);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(Key.HOME.name(), folder.resolve(name).toString());
        settings.put(Key.HTTP_PORT.name(), ports.get(0).toString());
        settings.put(Key.GRPC_PORT.name(), ports.get(1).toString());
        settings.put(Key.ADMIN_PORT.name(), ports.get(2).toString());
        settings.put(Key.POSTGRES_PORT.name(), ports.get(3).toString());
        settings.put(Key.REDIS_PORT.name(), ports.get(4).toString());
        settings.put(Key.ADMIN_EMAIL.name(), "admin@example.com");
        settings.put(Key.ACCESS_TOKEN_SECONDS.name(), "7200");
        settings.put(Key.LIMITS.name(), "gateway.admin=%d/%d".formatted(CALLS, window.toSeconds()));
        return settings;
    }

    private void run() throws Exception {
        Postgres postgres = stores.postgres();
        Redis redis = stores.redis();
        postgres.start();
        redis.start();
        String password = UUID.randomUUID().toString();
        for (String name : List.of("one", "other")) {
            Map<String, String> settings = settings(name);
            settings.put(Key.DATABASE_URL.name(), postgres.url());
            settings.put(Key.REDIS_URL.name(), redis.url());
            settings.put(Key.ADMIN_PASSWORD.name(), password);
            Instance node = Instance.of(settings);
            nodes.add(node);
            start(node);
        }
        Instance one = nodes.get(0);
        Instance other = nodes.get(1);
        String token = Session.open(one.base(), one.configuration()).token();
        out.printf(
                "%d calls in %d s; two nodes (%s)%n",
                CALLS, window.toSeconds(), one.server().kind());
        out.printf("%-34s %10s %10s %9s %9s %7s%n", "", "worst", "allowed", "allowed", "refused", "failed");
        out.printf("%-34s %10s %10s%n", "", "window", "/ limit");

        Callers paced = new Callers(List.of(one.base(), other.base()), token);
        report(
                "calls exactly as the limit allows",
                () -> paced.inTurn(window.dividedBy(CALLS), CALLS * WINDOWS),
                paced);
        under("both nodes run", token, () -> pause(WINDOWS));
        under("one is killed and started again", token, () -> {
            pause(2);
            other.server().kill();
            start(other);
            pause(3);
        });
        under("Redis is killed, back at once", token, () -> {
            pause(2);
            redis.kill();
            redis.start();
            pause(3);
        });
        under("Redis is away for two windows", token, () -> {
            pause(2);
            redis.kill();
            pause(2);
            redis.start();
            pause(3);
        });
        under("Redis is back without its memory", token, () -> {
            pause(2);
            redis.kill();
            clear(stores.home().resolve("redis"));
            redis.start();
            pause(3);
        });
    }

    private void start(Instance node) {
        node.keys().ensure();
        Server server = node.server();
        server.start(archive);
        server.awaitReady(START_LIMIT, () -> {});
    }

    /** Runs the work while callers at both nodes send eight times the limit. */
    private void under(String what, String token, Turn turn) throws Exception {
        Callers callers = new Callers(nodes.stream().map(Instance::base).toList(), token);
        report(
                what,
                () -> {
                    Callers.Crowd crowd = callers.crowd(2, window.dividedBy(2L * CALLS));
                    turn.take();
                    crowd.end();
                },
                callers);
    }

    private void report(String what, Turn turn, Callers callers) throws Exception {
        // Waits until earlier requests are outside the window.
        pause(1.2);
        long start = System.nanoTime();
        turn.take();
        double windows = (double) (System.nanoTime() - start) / window.toNanos();
        out.printf(
                "%-34s %10.2f %10.2f %9d %9d %7d%n",
                what,
                (double) callers.worst(window) / CALLS,
                callers.allowed() / (windows * CALLS),
                callers.allowed(),
                callers.refused(),
                callers.failed());
    }

    private void pause(double windows) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep((long) (window.toNanos() * windows));
    }

    private void stop() {
        for (Instance node : nodes) {
            node.server().stop(STOP_LIMIT);
        }
        stores.redis().stop();
        stores.postgres().stop();
        try {
            clear(folder);
        } catch (IOException e) {
            out.println("Left behind: " + folder + " (" + e + ")");
        }
    }

    private static void clear(Path root) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(root)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
