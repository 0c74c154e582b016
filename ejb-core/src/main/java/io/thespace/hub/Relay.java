package io.thespace.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.redis.Redis;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells other nodes through Redis. Nobody waits for it; what it cannot tell, {@link #behind} says. */
final class Relay implements AutoCloseable {

    private static final Log LOG = Log.of(Relay.class);
    private static final String CHANNEL = "the-space:hub";
    private static final int MOST_WAITING = 10_000;

    private final Redis redis;
    private final Executor executor;
    private final Redis.Listening listening;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean sending = new AtomicBoolean();
    private volatile boolean behind;

    /**
     * Hears from now on what other nodes tell; also what this one does.
     *
     * @param begun is told each time when nothing is missed from then on
     */
    Relay(Redis redis, Executor executor, ThreadFactory threads, Consumer<JsonNode> receiver, Runnable begun) {
        this.redis = redis;
        this.executor = executor;
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
        if (!waiting.offer(message.toString())) {
            behind = true;
            return;
        }
        if (sending.compareAndSet(false, true)) {
            executor.execute(this::send);
        }
    }

    private void send() {
        do {
            String message = waiting.poll();
            while (message != null) {
                String one = message;
                if (redis.ask(jedis -> jedis.publish(CHANNEL, one), () -> -1L) < 0) {
                    behind = true;
                }
                message = waiting.poll();
            }
            sending.set(false);
            // Somebody may have come after the last look and before the flag fell.
        } while (!waiting.isEmpty() && sending.compareAndSet(false, true));
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
    }
}
