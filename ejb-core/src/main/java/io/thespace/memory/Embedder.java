package io.thespace.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.failsafe.Bulkhead;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import io.thespace.json.Json;
import io.thespace.membership.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A model behind an endpoint that speaks as OpenAI's does ({@code POST {base}/embeddings}): asked once, left alone for a while
 * when it keeps failing, and never waited for longer than it is given.
 */
final class Embedder {

    /** Of the longest vectors, with every digit that a float can have, so many texts come to 1.5 MB. */
    static final int BATCH = 32;

    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_CALLS = 16;
    private static final Set<Integer> NOT_THESE_TEXTS = Set.of(400, 413, 422);

    private static final ObjectReader ANSWER =
            Json.MAPPER.readerFor(Answer.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final HttpClient client;
    private final URI url;
    private final String model;
    private final String key;
    private final int dimensions;

    private final CircuitBreaker<HttpResponse<byte[]>> breaker = CircuitBreaker.<HttpResponse<byte[]>>builder()
            .handle(Exception.class)
            .handleResultIf(response -> response.statusCode() >= 500)
            .withFailureThreshold(3, 5)
            .withDelay(Duration.ofSeconds(5))
            .build();
    private final FailsafeExecutor<HttpResponse<byte[]>> safely =
            Failsafe.with(Bulkhead.<HttpResponse<byte[]>>of(MOST_CALLS), breaker);

    private record Question(String model, List<String> input) {}

    private record Answer(List<Vector> data) {}

    private record Vector(Integer index, List<Float> embedding) {}

    /**
     * A model.
     *
     * @param base the URL below which {@code /embeddings} is
     * @param key the bearer token; null for none
     * @param dimensions how long its vectors are
     */
    Embedder(URI base, String model, String key, int dimensions) {
        this.url = URI.create(base.toString().replaceFirst("/+$", "") + "/embeddings");
        this.model = model;
        this.key = key;
        this.dimensions = dimensions;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** Whether it failed so often lately that it is left alone. */
    boolean resting() {
        return breaker.isOpen() && breaker.getRemainingDelay().toMillis() > 0;
    }

    /**
     * What texts mean.
     *
     * @param texts at most {@link #BATCH}
     * @return a vector for each, in their order; empty when these texts are refused, of which another choice may be taken
     * @throws IOException when the endpoint is away, slow, resting or wrong, with a sentence that says so
     */
    Optional<List<List<Float>>> embed(List<String> texts, Duration limit) throws IOException {
        HttpRequest call = call(texts);
        HttpResponse<byte[]> response;
        try {
            response = safely.get(() -> attempt(call, limit));
        } catch (FailsafeException e) {
            throw new IOException("The embeddings endpoint does not answer.", e);
        }
        if (NOT_THESE_TEXTS.contains(response.statusCode())) {
            return Optional.empty();
        }
        if (response.statusCode() != 200) {
            throw new IOException("The embeddings endpoint answers %d.".formatted(response.statusCode()));
        }
        return Optional.of(read(response.body(), texts.size()));
    }

    private HttpRequest call(List<String> texts) {
        try {
            HttpRequest.Builder call = HttpRequest.newBuilder(url)
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .POST(BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(new Question(model, texts))));
            if (key != null) {
                call.header("Authorization", "Bearer " + key);
            }
            return call.build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of texts can be written", e);
        }
    }

    /** The whole answer within the time; the client's own time limits end with the headers. */
    private HttpResponse<byte[]> attempt(HttpRequest call, Duration limit) throws Exception {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(call, headers -> new BoundedBody(MOST_BYTES));
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : e;
        }
    }

    private List<List<Float>> read(byte[] body, int texts) throws IOException {
        Answer answer;
        try {
            answer = ANSWER.readValue(body);
        } catch (JsonProcessingException e) {
            throw new IOException("The embeddings endpoint answers something else than embeddings.", e);
        }
        List<List<Float>> vectors = new ArrayList<>(Collections.nCopies(texts, null));
        for (Vector vector : answer == null || answer.data() == null ? List.<Vector>of() : answer.data()) {
            if (vector != null
                    && vector.index() != null
                    && vector.index() >= 0
                    && vector.index() < texts
                    && usable(vector.embedding())) {
                vectors.set(vector.index(), vector.embedding());
            }
        }
        if (vectors.contains(null)) {
            throw new IOException("The embeddings endpoint does not answer with a vector of %d numbers for each text."
                    .formatted(dimensions));
        }
        return vectors;
    }

    /** Whether it has a direction, so that an angle to it can be measured. */
    private boolean usable(List<Float> vector) {
        return vector != null
                && vector.size() == dimensions
                && vector.stream().allMatch(number -> number != null && Float.isFinite(number))
                && vector.stream().anyMatch(number -> number != 0);
    }
}
