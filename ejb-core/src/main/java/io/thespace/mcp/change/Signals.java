package io.thespace.mcp.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.redis.Redis;
import io.thespace.worker.Workers;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Signals from the MCP server of one node to that of each, itself included, through Redis. With Redis away a signal reaches this node
 * alone.
 */
@ApplicationScoped
public class Signals {

    private static final Log LOG = Log.of(Signals.class);
    private static final String CHANNEL = "the-space:mcp";
    private static final int MAX_WAITING = 10_000;

    private final List<Consumer<JsonNode>> listeners = new CopyOnWriteArrayList<>();

    @Inject
    Redis redis;

    @Resource
    ManagedThreadFactory threads;

    private Workers sender;
    private Redis.Listening listening;

    @PostConstruct
    void start() {
        sender = new Workers("mcp signals", 1, MAX_WAITING, threads);
        listening = redis.listen(CHANNEL, this::receive, threads);
    }

    @PreDestroy
    void stop() {
        listening.close();
        sender.close();
    }

    /** Calls a listener with each signal, on one thread, which it must not hold. */
    public void listen(Consumer<JsonNode> listener) {
        listeners.add(listener);
    }

    /** Sends a signal, without waiting for it. */
    public void send(ObjectNode signal) {
        execute(() -> publish(signal.toString()));
    }

    /** Does something on the thread that sends, such as finding out what there is to send. */
    void execute(Runnable work) {
        try {
            sender.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.warning("A signal to other nodes was dropped", "waiting", MAX_WAITING);
        }
    }

    void publish(String signal) {
        if (redis.ask(jedis -> jedis.publish(CHANNEL, signal), () -> 0L) == 0) {
            // No node received it, not even this one.
            receive(signal);
        }
    }

    private void receive(String signal) {
        try {
            JsonNode read = Json.MAPPER.readTree(signal);
            listeners.forEach(listener -> listener.accept(read));
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.warning("A signal of a node was not understood", "cause", e);
        }
    }
}
