package io.thespace.memory;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import io.thespace.memory.EmbeddingsApi.Answer;
import io.thespace.memory.EmbeddingsApi.Question;
import io.thespace.memory.EmbeddingsApi.Vector;
import io.thespace.restclient.RestCalls;
import io.thespace.restclient.RestCalls.Permit;
import io.thespace.restclient.UnexpectedStatus;
import io.thespace.restclient.UnreadableResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * An embeddings model at an OpenAI-compatible endpoint ({@code POST {base}/embeddings}). Calls end at their deadline,
 * and fail fast while the endpoint keeps failing. Calls end at their deadline, and fail at once while the endpoint
 * keeps failing.
 */
final class Embedder implements AutoCloseable {

    /**
     * The maximum of texts per request: with the longest vectors and all digits of a float, their response has 1.5 MB.
     */
    static final int BATCH = 32;

    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_CALLS = 16;
    private static final Set<Integer> NOT_THESE_TEXTS = Set.of(400, 413, 422);

    private final RestCalls calls;
    private final String model;
    private final String authorization;
    private final int dimensions;

    /** One client per time limit: that of a search and that of a batch. */
    private final Map<Duration, EmbeddingsApi> apis = new ConcurrentHashMap<>();

    private final CircuitBreaker<Answer> breaker = CircuitBreaker.<Answer>builder()
            .handleIf(Embedder::isOutage)
            .withFailureThreshold(3, 5)
            .withDelay(Duration.ofSeconds(5))
            .build();
    private final FailsafeExecutor<Answer> safely = Failsafe.with(breaker);

    /**
     * A model.
     *
     * @param base the URL below which {@code /embeddings} is
     * @param key the bearer token; null for none
     * @param dimensions the number of dimensions of its vectors
     * @param threads for the workers that wait for the endpoint
     */
    Embedder(URI base, String model, String key, int dimensions, ThreadFactory threads) {
        this.calls = new RestCalls(base, MAX_CALLS, MAX_BYTES, threads);
        this.model = model;
        this.authorization = key == null ? null : "Bearer " + key;
        this.dimensions = dimensions;
    }

    /** Whether the failure counts for the circuit breaker; an endpoint that answers wrongly is not away. */
    private static boolean isOutage(Throwable failure) {
        return failure instanceof UnexpectedStatus answer
                ? answer.status() >= 500
                : !(failure instanceof UnreadableResponse);
    }

    /** Whether it failed so often lately that it is left alone. */
    boolean resting() {
        return breaker.isOpen() && breaker.getRemainingDelay().toMillis() > 0;
    }

    /**
     * Returns the embeddings of texts.
     *
     * @param texts at most {@link #BATCH}
     * @return a vector for each, in their order; empty when these texts are rejected, although a different batch may be
     *     accepted
     * @throws IOException when the endpoint is unavailable, slow, suspended by the circuit breaker or invalid, with a
     *     message
     */
    Optional<List<List<Float>>> embed(List<String> texts, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        EmbeddingsApi api = apis.computeIfAbsent(limit, time -> calls.client(EmbeddingsApi.class, time));
        Question question = new Question(model, texts);
        Answer answer;
        try (Permit permit = calls.tryAcquire().orElseThrow(Embedder::busy)) {
            answer = safely.get(() -> permit.call(() -> api.embed(authorization, question), end));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof UnexpectedStatus status) {
                if (NOT_THESE_TEXTS.contains(status.status())) {
                    return Optional.empty();
                }
                throw new IOException("The embeddings endpoint answers %d.".formatted(status.status()), e);
            }
            throw new IOException(
                    e.getCause() instanceof UnreadableResponse
                            ? "The embeddings endpoint answers something else than embeddings."
                            : "The embeddings endpoint does not answer.",
                    e);
        }
        return Optional.of(vectors(answer, texts.size()));
    }

    private static IOException busy() {
        return new IOException("The embeddings endpoint has %d calls under way.".formatted(MAX_CALLS));
    }

    private List<List<Float>> vectors(Answer answer, int texts) throws IOException {
        List<List<Float>> vectors = new ArrayList<>(Collections.nCopies(texts, null));
        for (Vector vector : answer.data() == null ? List.<Vector>of() : answer.data()) {
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

    @Override
    public void close() {
        calls.close();
    }
}
