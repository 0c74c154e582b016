package io.thespace.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Sends the requests of a folder's {@code .http} files, in the order of the files' names, and compares the statuses. The
 * variables {@code host}, {@code token}, {@code admin_email} and {@code admin_password} are given; kept ones last to the end.
 */
public final class RequestWalk {

    private final Api api = new Api();
    private final Map<String, String> variables = new HashMap<>();
    private final PrintStream out;

    private RequestWalk(PrintStream out) {
        this.out = out;
    }

    /**
     * Sends the requests of a folder as the given user.
     *
     * @return the number of requests with unexpected responses
     */
    public static int walk(Path folder, URI host, String email, String password, PrintStream out) {
        RequestWalk walk = new RequestWalk(out);
        walk.variables.put("host", host.toString());
        walk.variables.put("admin_email", email);
        walk.variables.put("admin_password", password);
        walk.variables.put("token", walk.api.signIn(host, email, password));
        int sent = 0;
        int wrong = 0;
        for (Path file : files(folder)) {
            RequestFile requests = RequestFile.parse(PrivateFiles.read(file));
            // Stored values take precedence over a file's, which are for editors.
            requests.variables().forEach(walk.variables::putIfAbsent);
            for (RequestFile.Request request : requests.requests()) {
                sent++;
                wrong += walk.send(file.getFileName() + ": " + request.name(), request) ? 0 : 1;
            }
        }
        out.printf("%d requests, %d failed.%n", sent, wrong);
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

    private boolean send(String name, RequestFile.Request request) {
        try {
            HttpRequest.Builder builder =
                    HttpRequest.newBuilder(URI.create(RequestFile.fill(request.url(), variables)));
            request.headers().forEach((header, value) -> builder.header(header, RequestFile.fill(value, variables)));
            String body = RequestFile.fill(request.body(), variables);
            builder.method(
                    request.method(),
                    body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            HttpResponse<String> answer = api.exchange(builder);
            boolean right =
                    request.expect() == null ? answer.statusCode() / 100 == 2 : answer.statusCode() == request.expect();
            out.printf("%-5s %d  %s%n", right ? "ok" : "WRONG", answer.statusCode(), name);
            if (!right) {
                out.println("      " + Api.shortened(answer.body()));
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
}
