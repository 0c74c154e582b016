package io.thespace.gateway.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.forward.Carriage;
import io.thespace.gateway.forward.Forwarding;
import io.thespace.gateway.forward.GatewayAnswer;
import io.thespace.gateway.forward.UpstreamTry;
import io.thespace.gateway.model.ModelUsage;
import io.thespace.json.Json;
import io.thespace.plugin.api.Rejection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/** Asks an embeddings server, and makes of what it answers what the caller gets: {@link EmbeddingsView} as JSON. */
public final class EmbeddingsAnswer implements GatewayAnswer, Carriage {

    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final int MAX_DIMENSIONS = 16_384;

    private final Generation.Surroundings surroundings;
    private final LiveModel model;
    private final List<String> texts;
    private final GatewayAnswer answer;
    private final long started = System.nanoTime();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int status;
    private Duration retryAfter;
    private IntConsumer taken;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Forwarding forwarding;

    /** @param texts of each of which there has to be a vector */
    public EmbeddingsAnswer(
            Generation.Surroundings surroundings, LiveModel model, List<String> texts, GatewayAnswer answer) {
        this.surroundings = surroundings;
        this.model = model;
        this.texts = texts;
        this.answer = answer;
    }

    /** Asks the server; never waits for it. */
    public void start() {
        byte[] body = model.body(texts).toString().getBytes(StandardCharsets.UTF_8);
        Forwarding sent = surroundings.forward(model, body, this);
        forwarding = sent;
        if (over.get()) {
            sent.abandon();
        }
    }

    /** Stops the server. The texts count, as it has read them. */
    @Override
    public void abandon() {
        if (over.compareAndSet(false, true)) {
            long read =
                    ModelUsage.estimate(texts.stream().mapToLong(String::length).sum());
            ended(new ModelUsage(read, null), null);
        }
        stop();
    }

    private void stop() {
        Forwarding sent = forwarding;
        if (sent != null) {
            sent.abandon();
        }
    }

    private void ended(ModelUsage usage, Rejection failure) {
        surroundings.ended(model, usage, failure, System.nanoTime() - started);
    }

    @Override
    public void begin(int code, List<Map.Entry<String, String>> headers, long length, IntConsumer whenTaken) {
        status = code;
        retryAfter = ChatFailure.retryAfter(headers);
        taken = whenTaken;
    }

    @Override
    public void tried(UpstreamTry attempt) {
        answer.tried(attempt);
    }

    @Override
    public void data(ByteBuffer bytes) {
        if (over.get()) {
            // Not acknowledged: the server is to send no more.
            return;
        }
        int size = bytes.remaining();
        if (kept.size() + size > MAX_BYTES) {
            fail(nonsense());
            return;
        }
        byte[] part = new byte[size];
        bytes.get(part);
        kept.writeBytes(part);
        taken.accept(size);
    }

    @Override
    public void end() {
        if (over.get()) {
            return;
        }
        JsonNode said = ChatPart.read(kept.toString(StandardCharsets.UTF_8));
        if (status != 200) {
            fail(ChatFailure.of(status, said).refusal(model.name(), retryAfter));
            return;
        }
        List<List<Double>> vectors = said == null ? List.of() : vectors(said.path("data"));
        if (vectors.size() != texts.size()) {
            fail(nonsense());
            return;
        }
        if (!over.compareAndSet(false, true)) {
            return;
        }
        ModelUsage usage = new ModelUsage(ChatPart.tokens(said.path("usage").path("prompt_tokens")), null);
        ended(usage, null);
        byte[] json = json(new EmbeddingsView(vectors, model.name(), usage));
        answer.begin(
                200, List.of(new SimpleImmutableEntry<>("Content-Type", "application/json")), json.length, n -> {});
        answer.data(ByteBuffer.wrap(json));
        answer.end();
    }

    /** The vectors in the order of the texts; fewer when one is not as it has to be. */
    private List<List<Double>> vectors(JsonNode data) {
        List<List<Double>> vectors = new ArrayList<>();
        for (int text = 0; text < texts.size(); text++) {
            JsonNode embedding = embedding(data, text);
            List<Double> vector = new ArrayList<>();
            for (JsonNode number : embedding) {
                if (number.isNumber() && Double.isFinite(number.asDouble())) {
                    vector.add(number.asDouble());
                }
            }
            boolean whole = !vector.isEmpty() && vector.size() == embedding.size() && vector.size() <= MAX_DIMENSIONS;
            if (!whole || (!vectors.isEmpty() && vectors.get(0).size() != vector.size())) {
                return List.of();
            }
            vectors.add(vector);
        }
        return vectors;
    }

    private static JsonNode embedding(JsonNode data, int index) {
        for (JsonNode one : data) {
            if (one.path("index").asInt(-1) == index) {
                return one.path("embedding");
            }
        }
        return data.path(index).path("embedding");
    }

    private static byte[] json(EmbeddingsView view) {
        try {
            return Json.MAPPER.writeValueAsBytes(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Numbers can be written", e);
        }
    }

    private Rejection nonsense() {
        return new Rejection(
                GatewayError.UPSTREAM_BROKEN,
                "The server of the model %s closed the connection early or sent an invalid embeddings response. Try again later, or contact an administrator."
                        .formatted(model.name()));
    }

    private void fail(Rejection why) {
        if (over.compareAndSet(false, true)) {
            stop();
            ended(ModelUsage.UNKNOWN, why);
            answer.refuse(why);
        }
    }

    @Override
    public void broken() {
        fail(nonsense());
    }

    @Override
    public void refuse(Rejection rejection) {
        fail(rejection);
    }
}
