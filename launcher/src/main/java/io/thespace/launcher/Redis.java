package io.thespace.launcher;

import io.thespace.configuration.Key;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An embedded Redis on loopback, with a password, that keeps what it holds; it outlives the launcher. */
public final class Redis {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Instance instance;
    private final Path folder;
    private final Path record;

    Redis(Instance instance) {
        this.instance = instance;
        this.folder = instance.home().resolve("redis");
        this.record = folder.resolve("process.json");
    }

    /** For {@link Key#REDIS_URL}. */
    public String url() {
        return "redis://:%s@127.0.0.1:%d".formatted(instance.secret("redis"), port());
    }

    /** The port that it listens on, or will. */
    public int port() {
        return instance.configuration().get(Key.REDIS_PORT);
    }

    /** The process id of the running Redis of this instance. */
    public Optional<Long> pid() {
        return RunningProcess.load(record).map(RunningProcess::pid);
    }

    /** Starts it, or finds it running. */
    public void start() {
        if (pid().isPresent()) {
            if (Await.until(Duration.ofSeconds(2), this::answers)) {
                return;
            }
            stop();
        }
        PrivateFiles.folder(folder);
        Path log = instance.logs().resolve("redis.log");
        PrivateFiles.write(
                folder.resolve("redis.conf"),
                """
                # Written at each start by deploy.sh.
                bind 127.0.0.1
                port %d
                protected-mode yes
                requirepass %s
                dir "%s"
                logfile "%s"
                appendonly yes
                appendfsync everysec
                maxmemory 256mb
                maxmemory-policy noeviction
                """
                        .formatted(port(), instance.secret("redis"), folder, log));
        // A log of one start: Redis does not rotate it.
        PrivateFiles.delete(log);
        RunningProcess process = Command.detach(
                List.of(program().toString(), folder.resolve("redis.conf").toString()),
                folder,
                Map.of(),
                folder.resolve("console.log"),
                null);
        process.save(record);
        if (!Await.until(START_LIMIT, () -> !process.alive() || answers()) || !process.alive()) {
            process.kill();
            throw new LaunchFailure("Redis does not start on port " + port() + ":\n" + tail(log));
        }
    }

    /** Ends it orderly: all it holds is on disk. */
    public void stop() {
        RunningProcess.load(record).ifPresent(process -> process.stop(Duration.ofSeconds(15)));
        PrivateFiles.delete(record);
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        RunningProcess.load(record).ifPresent(RunningProcess::kill);
    }

    /** The machine's own, which is newer; else the one that Maven brings. */
    private Path program() {
        for (String name : List.of("valkey-server", "redis-server")) {
            for (String folderOnPath : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
                Path program = Path.of(folderOnPath).resolve(name);
                if (!folderOnPath.isEmpty() && Files.isExecutable(program)) {
                    return program;
                }
            }
        }
        Path distribution = Distribution.REDIS.in(instance.cache());
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String processor = Distribution.architecture().equals("arm64v8") ? "arm64" : Distribution.architecture();
        try (Stream<Path> files = Files.list(distribution)) {
            return files.filter(file -> file.getFileName().toString().startsWith("redis-server-")
                            && file.getFileName().toString().endsWith("-" + system + "-" + processor))
                    .findFirst()
                    .orElseThrow(() -> new LaunchFailure("There is no embedded Redis for " + system + " on " + processor
                            + ". Install redis-server or valkey-server, or set REDIS_URL."));
        } catch (IOException e) {
            throw new LaunchFailure("Cannot read " + distribution + " (" + e + ").", e);
        }
    }

    /** Whether it takes commands. */
    boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 1000);
            socket.setSoTimeout(2000);
            socket.getOutputStream()
                    .write(("AUTH " + instance.secret("redis") + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return "+OK".equals(answer.readLine()) && "+PONG".equals(answer.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    private static String tail(Path log) {
        String text = PrivateFiles.read(log);
        if (text == null) {
            return "(it wrote no log)";
        }
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }
}
