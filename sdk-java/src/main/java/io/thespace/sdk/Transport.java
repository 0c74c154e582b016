package io.thespace.sdk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Sends calls, again where that is safe, and reads answers. Thread-safe. */
final class Transport {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            // A record's null is left out; that of a merge patch, which is a map, is not.
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /**
     * A call.
     *
     * @param body null for none
     * @param key the {@code Idempotency-Key} of all its attempts; null for a call that takes none
     * @param repeatable whether nothing is done twice when it is sent twice
     */
    private record Call(String method, String path, Object body, String key, boolean repeatable) {}

    private final URI base;
    private final Supplier<String> bearer;
    private final Duration limit;
    private final Retries retries;
    private final HttpClient http;

    Transport(URI base, Supplier<String> bearer, Duration connectLimit, Duration limit, Retries retries) {
        this.base = base;
        this.bearer = bearer;
        this.limit = limit;
        this.retries = retries;
        this.http = HttpClient.newBuilder()
                .connectTimeout(connectLimit)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    <T> T get(String path, Class<T> type) {
        return read(send(new Call("GET", path, null, null, true)), type);
    }

    /** A bounded list. */
    <T> List<T> list(String path, Class<T> type) {
        return items(get(path, JsonNode.class), type);
    }

    /** A document with a JSON value in each line. */
    <T> List<T> lines(String path, Class<T> type) {
        HttpResponse<byte[]> answer = send(new Call("GET", path, null, null, true));
        try (MappingIterator<T> values = MAPPER.readerFor(type).readValues(answer.body())) {
            return values.readAll();
        } catch (IOException e) {
            throw unexpected(answer, e);
        }
    }

    <T> Page<T> page(String path, Class<T> type) {
        JsonNode page = get(path, JsonNode.class);
        return new Page<>(
                items(page.path("items"), type), page.path("next_cursor").textValue());
    }

    private static <T> List<T> items(JsonNode array, Class<T> type) {
        List<T> items = new ArrayList<>();
        for (JsonNode item : array) {
            items.add(MAPPER.convertValue(item, type));
        }
        return items;
    }

    /** As {@link #get}, with a question that needs a body. */
    <T> T ask(String path, Object body, Class<T> type) {
        return read(send(new Call("POST", path, body, null, true)), type);
    }

    /** Creates or does something, once. */
    <T> T post(String path, Object body, Class<T> type) {
        Call call = new Call("POST", path, body, UUID.randomUUID().toString(), true);
        return read(send(call), type);
    }

    /** As {@link #post}, for endpoints without an idempotency key: a call whose response is lost is not repeated. */
    <T> T postOnce(String path, Object body, Class<T> type) {
        return read(send(new Call("POST", path, body, null, false)), type);
    }

    <T> T patch(String path, Object body, Class<T> type) {
        return read(send(new Call("PATCH", path, body, null, false)), type);
    }

    void delete(String path, Object body) {
        send(new Call("DELETE", path, body, null, false));
    }

    private HttpResponse<byte[]> send(Call call) {
        HttpRequest request = request(call);
        for (int attempt = 1; ; attempt++) {
            Duration wait;
            ManagementException failure;
            try {
                HttpResponse<byte[]> answer = exchange(request);
                if (answer.statusCode() / 100 == 2) {
                    return answer;
                }
                RefusedException refused = refused(answer);
                if (!isWorthAnother(call, refused)) {
                    throw refused;
                }
                failure = refused;
                wait = asked(answer).orElse(retries.waitAfter(attempt));
            } catch (IOException e) {
                failure =
                        new UnreachableException("%s %s has no answer: %s".formatted(call.method(), call.path(), e), e);
                if (!call.repeatable()) {
                    throw failure;
                }
                wait = retries.waitAfter(attempt);
            }
            if (attempt >= retries.attempts() || wait.compareTo(retries.longest()) > 0) {
                throw failure;
            }
            pause(wait, failure);
        }
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/management/v1" + call.path()))
                .timeout(limit)
                .header("Authorization", "Bearer " + bearer.get())
                .header("Accept", "application/json, application/x-ndjson")
                .header("User-Agent", "the-space-sdk-java");
        if (call.key() != null) {
            request.header("Idempotency-Key", call.key());
        }
        if (call.body() == null) {
            return request.method(call.method(), BodyPublishers.noBody()).build();
        }
        try {
            return request.header("Content-Type", "application/json")
                    .method(call.method(), BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(call.body())))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The body cannot be written as JSON", e);
        }
    }

    /** The client's own limit ends with the answer's head, so the body is waited for here. */
    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("not within %d ms".formatted(limit.toMillis()), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new UnreachableException("Interrupted while waiting for an answer", e);
        }
    }

    /** 429 means that nothing was done; the others may follow an effect whose response was lost. */
    private static boolean isWorthAnother(Call call, RefusedException refused) {
        int status = refused.status();
        return status == 429
                || (call.repeatable()
                        && (status == 502
                                || status == 503
                                || status == 504
                                || (status == 409 && refused.code().equals("IDEMPOTENCY_CONFLICT"))));
    }

    private static Optional<Duration> asked(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    static void pause(Duration wait, ManagementException failure) {
        try {
            TimeUnit.MILLISECONDS.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private static <T> T read(HttpResponse<byte[]> answer, Class<T> type) {
        try {
            return MAPPER.readValue(answer.body(), type);
        } catch (IOException e) {
            throw unexpected(answer, e);
        }
    }

    private static UnreachableException unexpected(HttpResponse<?> answer, IOException cause) {
        return new UnreachableException("%s answered with something else than expected".formatted(answer.uri()), cause);
    }

    private static RefusedException refused(HttpResponse<byte[]> answer) {
        String requestId = answer.headers().firstValue("X-Request-ID").orElse("");
        JsonNode error;
        try {
            error = MAPPER.readTree(answer.body()).path("error");
        } catch (IOException e) {
            // The response of a proxy in between has no error body of the platform.
            error = MAPPER.missingNode();
        }
        List<FieldError> fields = new ArrayList<>();
        for (JsonNode field : error.path("field_errors")) {
            fields.add(new FieldError(
                    field.path("field").asText(),
                    field.path("code").asText(),
                    field.path("message").asText()));
        }
        return new RefusedException(
                answer.statusCode(),
                error.path("code").asText("UNKNOWN"),
                error.path("message").asText("The answer is not one of the platform's."),
                error.path("request_id").asText(requestId),
                fields);
    }

    @Override
    public String toString() {
        return "Transport[" + base + "]";
    }
}
