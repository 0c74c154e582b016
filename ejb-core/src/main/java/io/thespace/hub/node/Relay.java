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

/** Tells other nodes through Redis. Nobody waits for it; what it cannot tell, {@link #behind} says. */
final class Relay implements AutoCloseable {

    private static final Log LOG = Log.of(Relay.class);
    private static final String CHANNEL = "the-space:hub";
    private static final int MAX_WAITING = 10_000;

    private final Redis redis;
    private final Redis.Listening listening;
    /** One thread, so that messages keep their order. */
    private final Workers sender;

    private volatile boolean behind;

    /**
     * Hears from now on what other nodes tell; also what this one does.
     *
     * @param begun is told each time when nothing is missed from then on
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
            // The next message may be another one's; only this one is lost, and what it told is found out in time.
            LOG.warning("What another node told was not understood", "cause", e);
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

    /** Whether something could not be told since the last question. */
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
