package io.thespace.gateway.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.endpoint.Failures;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.forward.Carriage;
import io.thespace.gateway.forward.GatewayAnswer;
import io.thespace.gateway.forward.UpstreamTry;
import io.thespace.gateway.generation.ChatRequest;
import io.thespace.gateway.generation.ChatView;
import io.thespace.gateway.generation.EmbeddingsView;
import io.thespace.gateway.generation.GenerateRequest;
import io.thespace.gateway.generation.GenerationView;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Calls models for callers that wait for the whole response on their own thread. The number of waiting calls per node
 * is bounded. How many wait at once on a node is bounded.
 */
@ApplicationScoped
public class AwaitedModels {

    /** The maximum of waiting calls. */
    static final int MAX_WAITING = 16;

    /** Models write characters that the platform's own JSON must not have. */
    private static final ObjectMapper READER = Json.foreign();

    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    private final Semaphore places = new Semaphore(MAX_WAITING);
    private Gateway gateway;

    AwaitedModels() {}

    @Inject
    AwaitedModels(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Completes a text with a chat model.
     *
     * @param order does not stream
     * @throws Rejection as {@link Gateway#generate}; {@code UPSTREAM_FULL}, {@code UPSTREAM_TIMEOUT}; any rejection by
     *     the model's server
     */
    public GenerationView generate(Actor actor, GenerateRequest order) {
        return await(GenerationView.class, answer -> gateway.generate(actor, order, answer));
    }

    /**
     * Continues a conversation with a chat model.
     *
     * @param request does not stream
     * @param wait the maximum time to wait, if it is less than two minutes
     * @throws Rejection as {@link #generate}
     */
    public ChatView chat(Actor actor, ChatRequest request, Duration wait) {
        Duration least = wait.compareTo(MAX_WAIT) < 0 ? wait : MAX_WAIT;
        return await(ChatView.class, answer -> gateway.chat(actor, request, answer), least);
    }

    /**
     * Lets an embeddings model make vectors of texts.
     *
     * @throws Rejection as {@link Gateway#embed}; {@code UPSTREAM_FULL}, {@code UPSTREAM_TIMEOUT}; whatever the model's server
     *     refuses with
     */
    public EmbeddingsView embed(Actor actor, String model, List<String> texts) {
        return await(EmbeddingsView.class, answer -> gateway.embed(actor, model, texts, answer));
    }

    private <T> T await(Class<T> type, Function<GatewayAnswer, Carriage> call) {
        return await(type, call, MAX_WAIT);
    }

    private <T> T await(Class<T> type, Function<GatewayAnswer, Carriage> call, Duration wait) {
        if (!places.tryAcquire()) {
            throw Rejection.later(
                    GatewayError.UPSTREAM_FULL,
                    "As many calls wait for models on this node as may. Try again in a moment.",
                    Duration.ofSeconds(1));
        }
        try {
            Whole whole = new Whole();
            Carriage carriage = call.apply(whole);
            try {
                return READER.readValue(whole.bytes.get(wait.toMillis(), TimeUnit.MILLISECONDS), type);
            } catch (ExecutionException e) {
                throw Failures.rejection(e.getCause());
            } catch (TimeoutException e) {
                carriage.abandon();
                throw late(wait);
            } catch (InterruptedException e) {
                carriage.abandon();
                Thread.currentThread().interrupt();
                throw late(wait);
            } catch (IOException e) {
                throw new IllegalStateException("What was written as JSON can be read", e);
            }
        } finally {
            places.release();
        }
    }

    private static Rejection late(Duration wait) {
        return new Rejection(
                GatewayError.UPSTREAM_TIMEOUT,
                "The model did not answer within %d seconds. Ask for less, or stream.".formatted(wait.toSeconds()));
    }

    /** Keeps the whole answer, which the gateway bounds. */
    private static final class Whole implements GatewayAnswer {

        private final CompletableFuture<byte[]> bytes = new CompletableFuture<>();
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private IntConsumer taken;

        @Override
        public void begin(int status, List<Map.Entry<String, String>> headers, long length, IntConsumer whenTaken) {
            taken = whenTaken;
        }

        @Override
        public void tried(UpstreamTry attempt) {
            // Each attempt is in the event of the generation.
        }

        @Override
        public void data(ByteBuffer part) {
            byte[] read = new byte[part.remaining()];
            part.get(read);
            kept.writeBytes(read);
            taken.accept(read.length);
        }

        @Override
        public void end() {
            bytes.complete(kept.toByteArray());
        }

        @Override
        public void broken() {
            refuse(new Rejection(
                    GatewayError.UPSTREAM_BROKEN,
                    "The model's response was incomplete. Nothing was changed; try again."));
        }

        @Override
        public void refuse(Rejection rejection) {
            bytes.completeExceptionally(rejection);
        }
    }
}
