package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket to the hub, as a client has it. */
final class Talk implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String CLOSED = "closed ";
    private static final String FAILED = "failed ";

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    /** Collects received frames; requests none while it does not read. */
    private final class Ear implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();
        private final boolean reads;

        private Ear(boolean reads) {
            this.reads = reads;
        }

        @Override
        public void onOpen(WebSocket open) {
            if (reads) {
                open.request(Long.MAX_VALUE);
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket open, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                heard.add(text.toString());
                text.setLength(0);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket open, int code, String reason) {
            heard.add(CLOSED + code);
            return null;
        }

        @Override
        public void onError(WebSocket open, Throwable failure) {
            heard.add(FAILED + failure);
        }
    }

    private Talk(Space space, boolean reads, String query, String... headers) {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder().connectTimeout(LIMIT);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        URI uri = URI.create(space.base().toString().replaceFirst("http", "ws") + "/api/v1/ws" + query);
        socket = builder.buildAsync(uri, new Ear(reads)).join();
    }

    /** Opens one with a token in the query. */
    static Talk open(Space space, Caller caller) {
        return open(space, "?token=" + caller.token());
    }

    static Talk open(Space space, String query, String... headers) {
        return new Talk(space, true, query, headers);
    }

    /** Opens one whose client never reads. */
    static Talk deaf(Space space, Caller caller) {
        return new Talk(space, false, "?token=" + caller.token());
    }

    /** The status with which the handshake is refused. */
    static int refused(Space space, String query, String... headers) {
        try {
            open(space, query, headers).close();
            return 101;
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    /** Begins to read after all. */
    Talk listen() {
        socket.request(Long.MAX_VALUE);
        return this;
    }

    /** Sends a frame. */
    Talk say(Object... namesAndValues) {
        return send(Json.object(namesAndValues));
    }

    Talk send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    Talk sendBytes(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        return this;
    }

    /** The next frame. */
    JsonNode next() {
        return Json.read(heardNext());
    }

    /** The next frame of a type; others before it are passed over. */
    JsonNode next(String type) {
        while (true) {
            JsonNode frame = next();
            if (frame.path("type").asText().equals(type)) {
                return frame;
            }
        }
    }

    /** Joins a channel that lets it in. */
    JsonNode join(String channelId) {
        say("type", "join_channel", "channel_id", channelId);
        return next("joined");
    }

    /** Whether it is closed with a code in time; frames before that are passed over. */
    void closedWith(int code, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            String one = heardWithin(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            assertThat(one).as("close with %d", code).isNotNull().doesNotStartWith(FAILED);
            if (one.startsWith(CLOSED)) {
                assertThat(one).isEqualTo(CLOSED + code);
                return;
            }
        }
    }

    /**
     * Sends a ping, and the next one at its pong, until the server closes the socket with a code. TCP may tell a client
     * that still sends when it is closed of a reset only, and the code is lost.
     */
    void closedAfterPingsWith(int code, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        String one = "";
        while (!one.startsWith(CLOSED)) {
            say("type", "ping");
            one = heardWithin(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            assertThat(one).as("pong, or close with %d", code).isNotNull().doesNotStartWith(FAILED);
        }
        assertThat(one).isEqualTo(CLOSED + code);
    }

    private String heardNext() {
        String one = heardWithin(LIMIT);
        assertThat(one).as("a frame").isNotNull();
        return one;
    }

    private String heardWithin(Duration limit) {
        try {
            return heard.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
