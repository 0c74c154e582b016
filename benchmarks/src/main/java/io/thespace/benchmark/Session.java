package io.thespace.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The administrator's sign-in at an instance. */
record Session(HttpClient http, URI base, String token) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Signs in with the settings' password. */
    static Session open(URI base, Configuration settings) throws IOException, InterruptedException {
        Session nobody = new Session(HttpClient.newHttpClient(), base, null);
        JsonNode tokens = nobody.post(
                "/api/auth/login",
                Map.of("email", settings.get(Key.ADMIN_EMAIL), "password", settings.get(Key.ADMIN_PASSWORD)));
        return new Session(nobody.http, base, tokens.get("access_token").asText());
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send("POST", path, JSON.writeValueAsString(body));
    }

    /** Sends a file as a form (RFC 7578) with more fields, and wants a success. */
    JsonNode upload(String path, Path file, Map<String, String> fields) throws IOException, InterruptedException {
        String boundary = UUID.randomUUID().toString();
        StringBuilder head = new StringBuilder();
        fields.forEach((name, value) -> head.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value)));
        head.append("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
                .formatted(boundary, file.getFileName()));
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.concat(
                        HttpRequest.BodyPublishers.ofString(head.toString()),
                        HttpRequest.BodyPublishers.ofFile(file),
                        HttpRequest.BodyPublishers.ofString("\r\n--%s--\r\n".formatted(boundary))))
                .build());
    }

    /** Sends JSON, and wants a success. */
    JsonNode send(String method, String path, String json) throws IOException, InterruptedException {
        return send(request(method, path, json));
    }

    /** Reads the whole response and returns its status. */
    int status(String method, String path, String json) throws IOException, InterruptedException {
        return http.send(request(method, path, json), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpRequest request(String method, String path, String json) {
        return json == null
                ? request(path)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build()
                : request(path)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .build();
    }

    void delete(String path) throws IOException, InterruptedException {
        send(request(path).DELETE().build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request.uri() + " answered " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
