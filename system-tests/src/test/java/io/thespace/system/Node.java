package io.thespace.system;

import io.thespace.configuration.Key.ServerKind;
import io.thespace.launcher.Instance;
import io.thespace.launcher.LaunchFailure;
import io.thespace.launcher.Server;
import java.nio.file.Path;
import java.time.Duration;

/** A server that the launcher starts, as {@code deploy.sh} does. */
final class Node implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Instance instance;
    private final Server server;
    private final Path archive;

    Node(Instance instance, ServerKind kind) {
        this.instance = instance;
        this.server = instance.server(kind);
        this.archive = Path.of(System.getProperty(kind == ServerKind.MICRO ? "space.war" : "space.ear"));
    }

    /** Starts it without waiting. */
    Node start() {
        instance.keys().ensure();
        // It outlives the process that started it, also when the tests are interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
        server.start(archive);
        return this;
    }

    /** Waits until it is ready; a node that never is gets stopped, since no other code has a reference to it yet. */
    Node ready() {
        try {
            server.awaitReady(START_LIMIT, () -> {});
            return this;
        } catch (LaunchFailure e) {
            server.kill();
            throw e;
        }
    }

    Node started() {
        return start().ready();
    }

    /** Ends it at once, as {@code kill -9} does. */
    void kill() {
        server.kill();
    }

    Space space() {
        return new Space(instance.base());
    }

    Database database() {
        return new Database(instance.configuration());
    }

    @Override
    public void close() {
        server.stop(STOP_LIMIT);
    }
}
