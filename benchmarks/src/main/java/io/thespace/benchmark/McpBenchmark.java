package io.thespace.benchmark;

import io.thespace.configuration.Configuration;
import io.thespace.launcher.Instance;
import io.thespace.launcher.Ports;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * {@code tools/call} of a running instance, with its authentication, limit and audit, on both wires of the Model Context Protocol,
 * beside servers of the official TypeScript SDKs with a tool that does as little and with none of these. Rounds alternate, so that
 * a noisy machine is noisy for all of them.
 */
public final class McpBenchmark {

    private static final String PLUGIN = "failing_plugin";
    private static final String GRANTS = "database:schema,events:publish,events:subscribe,directory:read,mcp:tools";
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    /** @param cpuMicros CPU time of the server's processes per call */
    private record Round(Load.Result load, double cpuMicros) {}

    /** @param token null when none is needed */
    private record Server(Contender contender, McpWire wire, String path, String tool, String token) {

        Round run(int clients, Duration duration) throws Exception {
            byte[] call = wire.call(contender.address(), path, tool, token);
            Duration before = contender.computed();
            Load.Result load = Load.run(clients, duration, () -> new McpToolClient(contender.address(), call));
            double micros = contender.computed().minus(before).toNanos() / 1e3;
            return new Round(load, micros / (load.perSecond() * duration.toNanos() / 1e9));
        }
    }

    private McpBenchmark() {}

    /**
     * Runs against the instance of this process's settings; {@code SPACE_ADMIN_PASSWORD} signs in.
     *
     * @param arguments the failing plugin's archive, the program of benchmarks/mcp-typescript or an empty text, clients (16) and
     *     seconds of each run (6)
     */
    public static void main(String[] arguments) throws Exception {
        int clients = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 16;
        Duration duration = Duration.ofSeconds(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 6);
        Instance instance = Instance.ofThisProcess();
        Configuration settings = instance.configuration();
        Session session = Session.open(instance.base(), settings);
        Contender space = new Contender(
                "space",
                instance.base(),
                ProcessHandle.of(instance.server().process().orElseThrow().pid())
                        .orElseThrow(),
                false);
        System.out.printf("%d clients, %d rounds of %d s each%n", clients, ROUNDS, duration.toSeconds());
        session.upload(
                "/api/control-center/plugins/install",
                Path.of(arguments[0]),
                Map.of("enable", "true", "grant", GRANTS));
        try {
            for (McpWire wire : McpWire.values()) {
                List<Server> servers = new ArrayList<>();
                servers.add(new Server(space, wire, "/api/mcp", PLUGIN + "-none", session.token()));
                Optional<Contender> typescript =
                        arguments[1].isEmpty() ? Optional.empty() : Optional.of(typescript(arguments[1], wire));
                typescript.ifPresent(one -> servers.add(new Server(one, wire, "/mcp", "none", null)));
                try {
                    compare(servers, clients, duration);
                } finally {
                    typescript.ifPresent(Contender::close);
                }
            }
        } finally {
            session.delete("/api/control-center/plugins/uninstall?plugin_id=" + PLUGIN + "&data=purge");
        }
    }

    private static Contender typescript(String program, McpWire wire) throws IOException, InterruptedException {
        int port = Ports.unused(1).get(0);
        String node = Optional.ofNullable(System.getenv("NODE")).orElse("node");
        return Contender.started(
                "typescript",
                port,
                new ProcessBuilder(node, program, wire.name().toLowerCase(Locale.ROOT), String.valueOf(port))
                        .redirectErrorStream(true)
                        .redirectOutput(
                                Files.createTempFile("mcp-typescript", ".log").toFile())
                        .start());
    }

    private static void compare(List<Server> servers, int clients, Duration duration) throws Exception {
        PrintStream out = System.out;
        List<List<Round>> rounds = new ArrayList<>();
        for (Server server : servers) {
            rounds.add(new ArrayList<>());
            server.run(clients, WARM_UP);
        }
        for (int i = 0; i < ROUNDS; i++) {
            for (int which = 0; which < servers.size(); which++) {
                Server server = servers.get(which);
                Round round = server.run(clients, duration);
                rounds.get(which).add(round);
                out.printf(
                        "%-9s %-10s %7.0f/s   median %6.2f ms   p99 %6.2f ms   CPU %6.0f µs a call%n",
                        server.wire().name().toLowerCase(Locale.ROOT),
                        server.contender().name(),
                        round.load().perSecond(),
                        round.load().medianMillis(),
                        round.load().p99Millis(),
                        round.cpuMicros());
            }
        }
        if (servers.size() > 1) {
            out.printf(
                    "%-9s space / typescript   calls %.2f   median %.2f   p99 %.2f   CPU %.2f%n",
                    servers.get(0).wire().name().toLowerCase(Locale.ROOT),
                    ratio(rounds, one -> one.load().perSecond()),
                    ratio(rounds, one -> one.load().medianMillis()),
                    ratio(rounds, one -> one.load().p99Millis()),
                    ratio(rounds, Round::cpuMicros));
        }
    }

    /** The median over the rounds, each beside the other's of the same round. */
    private static double ratio(List<List<Round>> rounds, ToDoubleFunction<Round> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            ratios.add(figure.applyAsDouble(rounds.get(0).get(i))
                    / figure.applyAsDouble(rounds.get(1).get(i)));
        }
        return Median.of(ratios);
    }
}
