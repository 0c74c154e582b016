package io.thespace.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Sends the requests of a folder's {@code .http} files, in the order of the files' names, and compares the statuses. The
 * variables {@code host}, {@code token}, {@code admin_email} and {@code admin_password} are given; kept ones last to the end.
 */
public final class RequestWalk {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Map<String, String> variables = new HashMap<>();
    private final PrintStream out;

    private RequestWalk(PrintStream out) {
        this.out = out;
    }

    /**
     * Walks a folder as the given user.
     *
     * @return how many requests were answered otherwise than expected
     */
    public static int walk(Path folder, URI host, String email, String password, PrintStream out) {
        RequestWalk walk = new RequestWalk(out);
        walk.variables.put("host", host.toString());
        walk.variables.put("admin_email", email);
        walk.variables.put("admin_password", password);
        walk.variables.put("token", walk.signIn(host, email, password));
        int sent = 0;
        int wrong = 0;
        for (Path file : files(folder)) {
            RequestFile requests = RequestFile.parse(PrivateFiles.read(file));
            // What was kept wins over what a file says, which is for editors.
            requests.variables().forEach(walk.variables::putIfAbsent);
            for (RequestFile.Request request : requests.requests()) {
                sent++;
                wrong += walk.send(file.getFileName() + ": " + request.name(), request) ? 0 : 1;
            }
        }
        out.printf("%d requests, %d wrong.%n", sent, wrong);
        return wrong;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".http"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LaunchFailure("There are no requests in " + folder + ".", e);
        }
    }

    private String signIn(URI host, String email, String password) {
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

    private boolean send(String name, RequestFile.Request request) {
        try {
            HttpRequest.Builder builder =
                    HttpRequest.newBuilder(URI.create(RequestFile.fill(request.url(), variables)));
            request.headers().forEach((header, value) -> builder.header(header, RequestFile.fill(value, variables)));
            String body = RequestFile.fill(request.body(), variables);
            builder.method(
                    request.method(),
                    body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            HttpResponse<String> answer = exchange(builder);
            boolean right =
                    request.expect() == null ? answer.statusCode() / 100 == 2 : answer.statusCode() == request.expect();
            out.printf("%-5s %d  %s%n", right ? "ok" : "WRONG", answer.statusCode(), name);
            if (!right) {
                out.println("      " + shortened(answer.body()));
            }
            JsonNode json = Json.tree(answer.body());
            request.keep().forEach((variable, path) -> {
                JsonNode value = json.at(pointer(path));
                if (!value.isMissingNode()) {
                    variables.put(variable, value.asText());
                }
            });
            return right;
        } catch (LaunchFailure | IllegalArgumentException e) {
            out.printf("%-5s ---  %s%n      %s%n", "WRONG", name, e.getMessage());
            return false;
        }
    }

    /** {@code items[0].id} as RFC 6901 writes it; also {@code [0].id}, where the answer is an array. */
    private static String pointer(String path) {
        String slashed = path.replaceAll("\\[(\\d+)]", ".$1").replace('.', '/');
        return slashed.startsWith("/") ? slashed : "/" + slashed;
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
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

    private static String shortened(String body) {
        String line = body.replaceAll("\\s+", " ");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }
}
