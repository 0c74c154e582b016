package io.thespace.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Calls of a running instance. */
final class Api {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * An access token of a user.
     *
     * @throws LaunchFailure when the instance does not answer, or refuses
     */
    String signIn(URI host, String email, String password) {
        HttpResponse<String> answer = exchange(HttpRequest.newBuilder(host.resolve("/api/auth/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(Map.of("email", email, "password", password)))));
        String token = Json.tree(answer.body()).path("access_token").asText();
        if (answer.statusCode() != 200 || token.isEmpty()) {
            throw new LaunchFailure("Signing in as %s is answered %d: %s"
                    .formatted(email, answer.statusCode(), shortened(answer.body())));
        }
        return token;
    }

    /**
     * Sends a request.
     *
     * @throws LaunchFailure when the instance does not answer
     */
    HttpResponse<String> exchange(HttpRequest.Builder request) {
        HttpRequest built = request.timeout(LIMIT).build();
        try {
            return http.send(built, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new LaunchFailure(built.uri() + " does not answer (" + e + ").", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchFailure("Interrupted.", e);
        }
    }

    /** A body on one line of at most 300 characters. */
    static String shortened(String body) {
        String line = body.replaceAll("\\s+", " ");
        return line.length() > 300 ? line.substring(0, 300) + "..." : line;
    }
}
