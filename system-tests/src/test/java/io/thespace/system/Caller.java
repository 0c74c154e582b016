package io.thespace.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A caller of the API, with the headers of each of their calls. Immutable and thread-safe. */
final class Caller {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final URI base;
    private final Map<String, String> headers;

    Caller(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    /** The same caller with one more header, or another value for it. */
    Caller with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Caller(base, more);
    }

    Caller withToken(String accessToken) {
        return with("Authorization", "Bearer " + accessToken);
    }

    /** The same caller, done once however often it is sent. */
    Caller once(String idempotencyKey) {
        return with("Idempotency-Key", idempotencyKey);
    }

    /** The same caller at another network address, as a proxy that the server trusts tells it. */
    Caller from(String address) {
        return with("X-Forwarded-For", address);
    }

    /** The same caller on another node. */
    Caller on(Space node) {
        return new Caller(node.base(), headers);
    }

    /** The access token. */
    String token() {
        return headers.get("Authorization").substring("Bearer ".length());
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), null);
    }

    Answer post(String path, Object... namesAndValues) {
        return send("POST", path, Json.object(namesAndValues));
    }

    /** A call without a body. */
    Answer call(String method, String path) {
        return send(method, path, BodyPublishers.noBody(), null);
    }

    /** A call with a JSON body. */
    Answer send(String method, String path, String json) {
        return send(method, path, BodyPublishers.ofString(json), "application/json");
    }

    /** A call with any body; no content type when that is null. */
    Answer send(String method, String path, BodyPublisher body, String contentType) {
        try {
            return trySend(method, path, body, contentType);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }

    /** Reads the lines of a streaming response as they arrive. The connection ends with the stream. */
    HttpResponse<Stream<String>> listen(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
        headers.forEach(request::setHeader);
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofLines());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("Interrupted", e));
        }
    }

    /**
     * A call for which the server may be down.
     *
     * @throws IOException without a response
     */
    Answer trySend(String method, String path, BodyPublisher body, String contentType) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT).method(method, body);
        headers.forEach(request::setHeader);
        if (contentType != null) {
            request.setHeader("Content-Type", contentType);
        }
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(
                    method + " " + path,
                    response.statusCode(),
                    response.headers().map(),
                    new String(response.body(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
