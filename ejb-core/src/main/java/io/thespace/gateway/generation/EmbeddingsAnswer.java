package io.thespace.gateway.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.gateway.GatewayError;
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
import java.util.function.IntConsumer;

/** Makes of what an embeddings server answers what the caller gets: {@link EmbeddingsView} as JSON. */
public final class EmbeddingsAnswer implements GatewayAnswer {

    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final int MAX_DIMENSIONS = 16_384;

    private final Generation.Surroundings surroundings;
    private final LiveModel model;
    private final int texts;
    private final GatewayAnswer answer;
    private final long started = System.nanoTime();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int status;
    private Duration retryAfter;
    private IntConsumer taken;
    private boolean over;

    /** @param texts how many vectors there have to be */
    public EmbeddingsAnswer(Generation.Surroundings surroundings, LiveModel model, int texts, GatewayAnswer answer) {
        this.surroundings = surroundings;
        this.model = model;
        this.texts = texts;
        this.answer = answer;
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
        int size = bytes.remaining();
        if (!over && kept.size() + size > MAX_BYTES) {
            fail(nonsense());
        }
        if (!over) {
            byte[] part = new byte[size];
            bytes.get(part);
            kept.writeBytes(part);
        }
        taken.accept(size);
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        JsonNode said = ChatPart.read(kept.toString(StandardCharsets.UTF_8));
        if (status != 200) {
            fail(ChatFailure.of(status, said).refusal(model.name(), retryAfter));
            return;
        }
        List<List<Double>> vectors = said == null ? List.of() : vectors(said.path("data"));
        if (vectors.size() != texts) {
            fail(nonsense());
            return;
        }
        over = true;
        JsonNode read = said.path("usage").path("prompt_tokens");
        ModelUsage usage = new ModelUsage(read.canConvertToLong() && read.asLong() >= 0 ? read.asLong() : null, null);
        surroundings.ended(model, usage, null, System.nanoTime() - started);
        byte[] json = json(new EmbeddingsView(vectors, model.name(), usage));
        answer.begin(
                200, List.of(new SimpleImmutableEntry<>("Content-Type", "application/json")), json.length, n -> {});
        answer.data(ByteBuffer.wrap(json));
        answer.end();
    }

    /** The vectors in the order of the texts; fewer when one is not as it has to be. */
    private List<List<Double>> vectors(JsonNode data) {
        List<List<Double>> vectors = new ArrayList<>();
        for (int text = 0; text < texts; text++) {
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
        over = true;
        surroundings.ended(model, ModelUsage.UNKNOWN, why, System.nanoTime() - started);
        answer.refuse(why);
    }

    @Override
    public void broken() {
        if (!over) {
            fail(nonsense());
        }
    }

    @Override
    public void refuse(Rejection rejection) {
        if (!over) {
            fail(rejection);
        }
    }
}
