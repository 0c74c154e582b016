package io.thespace.hub.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.redis.Redis;
import io.thespace.worker.Workers;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Publishes messages to other nodes through Redis, asynchronously; {@link #behind} reports failures. */
final class Relay implements AutoCloseable {

    private static final Log LOG = Log.of(Relay.class);
    private static final String CHANNEL = "the-space:hub";
    private static final int MAX_WAITING = 10_000;

    private final Redis redis;
    private final Redis.Listening listening;
    /** A single thread, which preserves the order of messages. */
    private final Workers sender;

    private volatile boolean behind;

    /**
     * Subscribes to the messages of all nodes, this one included.
     *
     * @param begun runs each time the subscription is established
     */
    Relay(Redis redis, ThreadFactory threads, Consumer<JsonNode> receiver, Runnable begun) {
        this.redis = redis;
        this.sender = new Workers("hub relay", 1, MAX_WAITING, threads);
        this.listening = redis.listen(CHANNEL, message -> received(message, receiver), begun, threads);
    }

    private static void received(String message, Consumer<JsonNode> receiver) {
        try {
            receiver.accept(Json.MAPPER.readTree(message));
        } catch (JsonProcessingException | RuntimeException e) {
            // Only this message is lost; the periodic comparison with the database makes up for it.
            LOG.warning("Malformed message from another node ignored", "cause", e);
        }
    }

    void tell(ObjectNode message) {
        String text = message.toString();
        try {
            sender.execute(() -> publish(text));
        } catch (RejectedExecutionException e) {
            behind = true;
        }
    }

    private void publish(String message) {
        if (redis.ask(jedis -> jedis.publish(CHANNEL, message), () -> -1L) < 0) {
            behind = true;
        }
    }

    /** Whether a message could not be published since the last call. */
    boolean behind() {
        boolean was = behind;
        behind = false;
        return was;
    }

    @Override
    public void close() {
        listening.close();
        sender.close();
    }
}
