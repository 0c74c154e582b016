package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestWalkTest {

    private static final Path SAMPLES = Path.of("src/test/resources/requests");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private HttpServer server;
    private String readAnswer = "{}";

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean signedIn = "Bearer tok".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            Map.Entry<Integer, String> answer =
                    switch (path) {
                        case "/api/auth/login" ->
                            sent.contains("right password")
                                    ? Map.entry(200, "{\"access_token\":\"tok\"}")
                                    : Map.entry(401, "{\"error\":\"no\"}");
                        case "/accounts" -> Map.entry(signedIn ? 201 : 401, "{\"account\":{\"ids\":[\"a1\"]}}");
                        case "/accounts/a1" -> Map.entry(signedIn ? 200 : 401, readAnswer);
                        default -> Map.entry(404, "{}");
                    };
            byte[] body = answer.getValue().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    readAnswer.isEmpty() && path.endsWith("a1") ? 500 : answer.getKey(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sendsEveryRequestSignedInAndKeepsValues() {
        assertThat(walk("right password")).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("ok    201  sample.http: Open an account")
                .contains("ok    200  sample.http: Read it back")
                .contains("ok    404  sample.http: What is not there")
                .contains("3 requests, 0 failed.");
    }

    @Test
    void countsWhatIsAnsweredOtherwise() {
        readAnswer = "";
        assertThat(walk("right password")).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("WRONG 500  sample.http: Read it back");
    }

    @Test
    void saysWhenSigningInFails() {
        assertThatThrownBy(() -> walk("wrong")).hasMessageContaining("Signing in as a@b is answered 401");
    }

    private int walk(String password) {
        return RequestWalk.walk(
                SAMPLES,
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "a@b",
                password,
                new PrintStream(printed, true, StandardCharsets.UTF_8));
    }
}
