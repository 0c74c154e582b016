package io.thespace.benchmark;

import io.thespace.configuration.Configuration;
import io.thespace.launcher.Instance;
import io.thespace.launcher.Ports;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the hub of a running instance with a Socket.IO server: the memory of an idle WebSocket, and one sender's
 * messages to many receivers, each sent after the previous one has reached all. Rounds alternate. Socket.IO stores no
 * messages and does not authenticate; the hub stores each message in PostgreSQL before it sends it.
 */
public final class SocketBenchmark {

    private static final int ROUNDS = 5;
    private static final int AT_ONCE = 50;
    private static final int LIMIT_SECONDS = 60;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final String TEXT = "x".repeat(100);
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    /** @param perSecond messages that all receivers received */
    private record Round(double perSecond, double medianMillis, double p99Millis) {}

    /** @param contender with its dialect */
    private record Server(Contender contender, Dialect dialect) {}

    /** An offer of HTTP/2 is an upgrade that Engine.IO ends the connection for. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String token;
    private final String channel;

    private SocketBenchmark(String token, String channel) {
        this.token = token;
        this.channel = channel;
    }

    /**
     * Runs against the instance of this process's settings; {@code SPACE_ADMIN_PASSWORD} signs in.
     *
     * @param arguments the program of benchmarks/socket-io or an empty text, idle sockets (5000), receivers (500) and seconds of
     *     each run (6)
     */
    public static void main(String[] arguments) throws Exception {
        int idle = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5000;
        int receivers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
        Duration duration = Duration.ofSeconds(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 6);
        Instance instance = Instance.ofThisProcess();
        Configuration settings = instance.configuration();
        Session session = Session.open(instance.base(), settings);
        String channel = "benchmark-" + UUID.randomUUID();
        session.post(
                "/api/control-center/channels", Map.of("id", channel, "name", "Benchmark", "visibility", "public"));
        List<Server> servers = new ArrayList<>();
        try {
            servers.add(new Server(
                    new Contender(
                            "space",
                            instance.base(),
                            ProcessHandle.of(instance.server()
                                            .process()
                                            .orElseThrow()
                                            .pid())
                                    .orElseThrow(),
                            false),
                    Dialect.HUB));
            if (arguments.length > 0 && !arguments[0].isEmpty()) {
                servers.add(new Server(socketIo(arguments[0]), Dialect.SOCKET_IO));
            }
            SocketBenchmark benchmark = new SocketBenchmark(session.token(), channel);
            benchmark.idle(servers, idle);
            benchmark.fanOut(servers, receivers, duration);
        } finally {
            for (Server server : servers) {
                server.contender().close();
            }
            session.delete("/api/control-center/channels/" + channel);
        }
    }

    private static Contender socketIo(String program) throws IOException, InterruptedException {
        int port = Ports.unused(1).get(0);
        return Contender.started(
                "socket.io",
                port,
                new ProcessBuilder("node", "--expose-gc", program, String.valueOf(port))
                        .redirectErrorStream(true)
                        .redirectOutput(
                                Files.createTempFile("socket-io", ".log").toFile())
                        .start());
    }

    private void idle(List<Server> servers, int count) throws Exception {
        PrintStream out = System.out;
        for (Server server : servers) {
            // Warm-up: the first connections load classes and fill pools, which must not be attributed to them.
            close(open(server, 100, frame -> {}));
            long heap = heap(server);
            long resident = server.contender().resident();
            for (int open : new int[] {count / 5, count}) {
                List<Listener> listeners = open(server, open, frame -> {});
                out.printf(
                        "%-9s %6d idle sockets: %6.1f KiB of heap each, %6.1f KiB resident each%n",
                        server.contender().name(),
                        open,
                        (heap(server) - heap) / 1024.0 / open,
                        (server.contender().resident() - resident) / 1024.0 / open);
                close(listeners);
            }
        }
    }

    private void fanOut(List<Server> servers, int receivers, Duration duration) throws Exception {
        PrintStream out = System.out;
        out.printf("1 sender, %d receivers, %d rounds of %d s each%n", receivers, ROUNDS, duration.toSeconds());
        List<List<Round>> rounds = new ArrayList<>();
        for (Server server : servers) {
            rounds.add(new ArrayList<>());
            round(server, receivers, WARM_UP);
        }
        for (int i = 0; i < ROUNDS; i++) {
            for (int which = 0; which < servers.size(); which++) {
                Round round = round(servers.get(which), receivers, duration);
                rounds.get(which).add(round);
                out.printf(
                        "%-9s %6.0f messages/s (%7.0f deliveries/s)   median %6.2f ms   p99 %6.2f ms%n",
                        servers.get(which).contender().name(),
                        round.perSecond(),
                        round.perSecond() * (receivers + 1),
                        round.medianMillis(),
                        round.p99Millis());
            }
        }
        if (servers.size() > 1) {
            List<Double> rate = new ArrayList<>();
            List<Double> median = new ArrayList<>();
            List<Double> p99 = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                Round ours = rounds.get(0).get(i);
                Round theirs = rounds.get(1).get(i);
                rate.add(ours.perSecond() / theirs.perSecond());
                median.add(ours.medianMillis() / theirs.medianMillis());
                p99.add(ours.p99Millis() / theirs.p99Millis());
            }
            out.printf(
                    "space / socket.io  messages %.2f   median %.2f   p99 %.2f%n",
                    Median.of(rate), Median.of(median), Median.of(p99));
        }
    }

    /** Sends one message after the other, each to all receivers. */
    private Round round(Server server, int receivers, Duration duration) throws Exception {
        Spread spread = new Spread(receivers + 1);
        List<Listener> listeners = open(server, receivers + 1, spread);
        try {
            for (Listener listener : listeners) {
                listener.join();
            }
            long start = System.nanoTime();
            long end = start + duration.toNanos();
            int sent = 0;
            while (System.nanoTime() < end) {
                spread.begin();
                listeners.get(0).say(server.dialect().message(channel, TEXT));
                spread.await();
                sent++;
            }
            return spread.round(sent / ((System.nanoTime() - start) / 1e9));
        } finally {
            close(listeners);
        }
    }

    /** Records when a message has reached each receiver. */
    private static final class Spread implements Consumer<String> {

        private final int receivers;
        private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        private volatile long sentAt;
        private volatile CountDownLatch missing = new CountDownLatch(0);

        Spread(int receivers) {
            this.receivers = receivers;
        }

        void begin() {
            missing = new CountDownLatch(receivers);
            sentAt = System.nanoTime();
        }

        @Override
        public void accept(String frame) {
            nanos.add(System.nanoTime() - sentAt);
            missing.countDown();
        }

        void await() throws IOException, InterruptedException {
            if (!missing.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(missing.getCount() + " receivers did not get a message");
            }
        }

        Round round(double perSecond) {
            List<Long> sorted = nanos.stream().sorted().toList();
            return new Round(
                    perSecond, sorted.get(sorted.size() / 2) / 1e6, sorted.get(sorted.size() * 99 / 100) / 1e6);
        }
    }

    private List<Listener> open(Server server, int count, Consumer<String> heard) {
        URI address = server.dialect().address(server.contender().address(), token);
        List<Listener> listeners = new ArrayList<>();
        while (listeners.size() < count) {
            List<CompletableFuture<Listener>> some = new ArrayList<>();
            for (int i = 0; i < AT_ONCE && listeners.size() + i < count; i++) {
                some.add(Listener.open(http, server.dialect(), address, channel, heard));
            }
            some.forEach(one -> listeners.add(one.join()));
        }
        return listeners;
    }

    private static void close(List<Listener> listeners) {
        listeners.forEach(Listener::close);
    }

    /** The size of the server's live objects after a garbage collection, in bytes. */
    private long heap(Server server) throws IOException, InterruptedException {
        if (server.dialect() == Dialect.SOCKET_IO) {
            return Long.parseLong(http.send(
                            HttpRequest.newBuilder(server.contender().address().resolve("/memory"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
        }
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(server.contender().process().pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        Matcher total = TOTAL.matcher(new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        if (!total.find()) {
            throw new IOException("jcmd told no total");
        }
        return Long.parseLong(total.group(1));
    }
}
