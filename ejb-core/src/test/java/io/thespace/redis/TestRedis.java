package io.thespace.redis;

import io.thespace.TestPort;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import redis.embedded.RedisServer;

/** A Redis server of its own, on a free port, until it is closed. */
public final class TestRedis implements AutoCloseable {

    private final int port;
    private final RedisServer server;

    public TestRedis() throws IOException {
        port = TestPort.unused();
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
    }

    public int port() {
        return port;
    }

    /** A connection to it, as a node has one; also when the server is closed. */
    public Redis connect() {
        return new Redis(Optional.of(URI.create("redis://127.0.0.1:" + port)));
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
