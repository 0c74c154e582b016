package io.thespace.launcher;

import io.thespace.configuration.Key;
import io.thespace.configuration.Key.ServerKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server that runs the product: started detached, so that it outlives the launcher, and found again by its record. */
public abstract class Server {

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);

    private final Instance instance;
    private final ServerKind kind;
    private final Path record;
    private final Path logStart;

    /** For the three kinds only. */
    Server(Instance instance, ServerKind kind) {
        this.instance = instance;
        this.kind = kind;
        this.record = PrivateFiles.folder(instance.home().resolve("server")).resolve("process.json");
        this.logStart = record.resolveSibling("log-start");
    }

    /** The command to run, and its working folder. */
    record Start(List<String> command, Path folder, String input) {}

    /** Gets everything ready but the process itself. */
    abstract Start prepare(Path archive);

    /** Called again and again while the server starts; a kind that deploys afterwards does it here. */
    void advance() {}

    /** Why it will never become ready, as soon as that is known. */
    abstract Optional<String> failure();

    /** Returns the kind of server. */
    public final ServerKind kind() {
        return kind;
    }

    /** The process, if it runs. */
    public final Optional<RunningProcess> process() {
        return RunningProcess.load(record);
    }

    /**
     * Starts it with the product deployed, unless it runs already. PostgreSQL, Redis and signing keys must be there.
     *
     * @param archive the EAR, for Payara Micro the flat WAR
     */
    public final void start(Path archive) {
        if (process().isPresent()) {
            return;
        }
        // Before a program with another umask creates it.
        PrivateFiles.touch(logFile());
        Start start = prepare(archive.toAbsolutePath());
        PrivateFiles.write(logStart, String.valueOf(ServerLog.length(logFile())));
        Command.detach(
                        start.command(),
                        start.folder(),
                        instance.environment(),
                        instance.logs().resolve("console.log"),
                        start.input())
                .save(record);
    }

    /**
     * Waits until {@code GET /api/ready} returns 200.
     *
     * @param limit the maximum wait
     * @param progress called about once a second
     * @throws LaunchFailure with the log's cause, when it ends, fails or takes longer
     */
    public final void awaitReady(Duration limit, Runnable progress) {
        int[] looks = {0};
        boolean ready = Await.until(limit, () -> {
            if (process().isEmpty()) {
                throw new LaunchFailure("The server ended while it started." + why());
            }
            if (looks[0]++ % 10 == 0) {
                progress.run();
            }
            try {
                advance();
            } catch (LaunchFailure e) {
                throw new LaunchFailure(e.getMessage() + why(), e);
            }
            failure().ifPresent(reason -> {
                throw new LaunchFailure(reason + why());
            });
            return ready();
        });
        if (!ready) {
            throw new LaunchFailure("The server was not ready within %d s (%s)."
                            .formatted(limit.toSeconds(), Key.START_TIMEOUT_SECONDS.name())
                    + why());
        }
    }

    /** Whether {@code GET /api/ready} answers 200 now. */
    public final boolean ready() {
        return ready(instance.base());
    }

    /** Whether {@code GET /api/ready} answers 200 at the base URL that it was started with. */
    final boolean ready(URI base) {
        return status(base.resolve("/api/ready")) == 200;
    }

    /** Stops it gracefully: requests in flight are completed first. */
    public final void stop(Duration limit) {
        process().ifPresent(process -> process.stop(limit));
        PrivateFiles.delete(record);
    }

    /** Ends it at once, as {@code kill -9} does. */
    public final void kill() {
        process().ifPresent(RunningProcess::kill);
        PrivateFiles.delete(record);
    }

    /** The status that a path answers with; 0 when nothing answers. */
    final int status(String path) {
        return status(instance.base().resolve(path));
    }

    private static int status(URI uri) {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PROBE_LIMIT)
                    .build()
                    .send(
                            HttpRequest.newBuilder(uri).timeout(PROBE_LIMIT).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** The newest of its log files. */
    public Path logFile() {
        return instance.logs().resolve("server.log");
    }

    final Instance instance() {
        return instance;
    }

    /** The log since this start, which may have been another launcher's. */
    final ServerLog log() {
        String start = PrivateFiles.read(logStart);
        return new ServerLog(logFile(), start == null ? 0 : Long.parseLong(start));
    }

    /** The program and the options that every kind has. */
    final List<String> jvmOptions() {
        List<String> options = new ArrayList<>(ServerFiles.lines("jvm.options"));
        options.addAll(instance.configuration().get(Key.JAVA_OPTIONS));
        return options;
    }

    private String why() {
        String cause = log().cause();
        if (cause.isEmpty()) {
            String console = PrivateFiles.read(instance.logs().resolve("console.log"));
            cause = console == null ? "" : console.lines().limit(20).reduce("", (text, line) -> text + "\n" + line);
        }
        return (cause.isBlank()
                        ? ""
                        : "\nThe log says:\n" + cause.strip().indent(2).stripTrailing())
                + "\nThe whole log: "
                + logFile();
    }
}
