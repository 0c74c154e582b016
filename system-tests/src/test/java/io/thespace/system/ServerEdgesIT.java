package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.configuration.Key.ServerKind;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that the servers would answer by themselves, in HTML or without a body: they are rejected in the format of
 * the API, with at most one line in the log (ADR 0040). Errors of Undertow's parser are 400 without a body, and the
 * connection is closed.
 */
class ServerEdgesIT {

    private static final String NEXT = "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();

    @ParameterizedTest
    @CsvSource({
        "GET /anything%, 400",
        "GET /api/%zz, 400",
        "GET /management/v1/agents/%4, 400",
        "GET /api/health?a=%, 400",
        "GET /api/\u00e4, 400",
        "GET /api/plugins/a%00b/endpoints, 400",
        "GET /api/a%5Cb, 404",
        "GET /api/a|b, 400",
        "GET /api/health?a={b}, 400",
        "GET /api/%ff%fe, 404",
        "GET /../../etc/passwd, 404",
        "TRACE /api/health, 405",
        "TRACE /management/v1/agents, 405",
        "TRACE /nothing, 405",
    })
    void targetsAndMethods(String request, int status) {
        Answer answer = Wire.request(space, request);

        answer.refused(status);
        assertThat(answer.header("Allow").isPresent()).as("%s", answer).isEqualTo(status == 405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET *", "OPTIONS *", "GET api/health"})
    void targetsThatAreNoPath(String request) {
        Answer answer = Wire.request(space, request);

        assertThat(answer.status()).as("%s", answer).isIn(400, 404, 405);
        answer.refused(answer.status());
    }

    /** Grizzly sends no body with the answer to a CONNECT. */
    @Test
    void thereIsNoTunnel() {
        Answer answer = Wire.request(space, "CONNECT localhost:80");

        assertThat(answer.status()).as("%s", answer).isIn(400, 404, 405);
        assertThat(answer.toString()).doesNotContain("<html");
    }

    /** No body follows the answer to HEAD, whatever is wrong. */
    @Test
    void headHasNoBody() {
        String all = Wire.untilClosed(
                space.base(), "HEAD /api/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(all).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\n").doesNotContain("{");
    }

    static List<String> ambiguous() {
        String post = "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        String chunks = "\r\n2\r\n{}\r\n0\r\n\r\n";
        return List.of(
                post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n" + chunks,
                post + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n" + chunks,
                post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n" + chunks,
                post + "Transfer-Encoding: xchunked\r\n" + chunks,
                post + "Transfer-Encoding: gzip, chunked\r\n" + chunks,
                post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
                post + "Content-Length: 2, 2\r\n\r\n{}",
                post + "Content-Length: +2\r\n\r\n{}",
                post + "Content-Length : 2\r\n\r\n{}",
                "GET /api/health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /management/v1/agents HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET /api/health HTTP/1.1\r\n\r\n",
                "GET /api/health HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /api/health HTTP/1.1\r\nHost: a:99999\r\n\r\n");
    }

    /** Two servers in a row may understand these differently; what follows on the connection is not taken for a request. */
    @ParameterizedTest
    @MethodSource
    void ambiguous(String request) {
        String all = Wire.untilClosed(space.base(), request + NEXT);

        assertThat(all.split("HTTP/1\\.1 ", -1)).as("%s", all).hasSize(2);
        refusedByParserOrPlatform(Wire.answer(all, request.lines().findFirst().orElseThrow()));
    }

    /** As HTTP clients of Java do by default: they offer HTTP/2 with the first request, and send its body after the head. */
    @Test
    void anOfferOfHttp2LosesNoBody() throws Exception {
        for (int i = 0; i < 40; i++) {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(space.base().resolve("/api/nothing"))
                                    .timeout(Duration.ofSeconds(60))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
            if (Stage.KIND != ServerKind.WILDFLY) {
                // Undertow takes the offer, and loses nothing by it.
                assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            }
        }
    }

    /** Undertow takes any byte in the value of a header. */
    @ParameterizedTest
    @ValueSource(strings = {"User-Agent: M\u00fcller", "X-A: a\u0001b"})
    void bytesInHeaders(String header) {
        Answer answer = Wire.answer(
                Wire.untilClosed(
                        space.base(),
                        "GET /management/v1/agents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header
                                + "\r\n\r\n"),
                "GET /management/v1/agents");

        answer.refused(Stage.KIND == ServerKind.WILDFLY ? 401 : 400);
    }

    @Test
    void aLongBoundary() {
        Answer answer = Wire.send(
                space.base(),
                """
                POST /api/plugins/install HTTP/1.1
                Host: localhost
                Connection: close
                Content-Type: multipart/form-data; boundary=%s
                """
                        .formatted("x".repeat(500)),
                "abcd");

        assertThat(answer.status()).as("%s", answer).isBetween(400, 499);
        answer.refused(answer.status());
    }

    @Test
    void anotherVersion() {
        Answer answer = Wire.answer(
                Wire.untilClosed(space.base(), "GET /api/health HTTP/3.7\r\nHost: localhost\r\n\r\n"),
                "GET /api/health");

        assertThat(answer.status()).as("%s", answer).isIn(400, 505);
        if (!parserOfUndertow(answer)) {
            answer.refused(answer.status());
        }
    }

    @Test
    void theLogHasNoStackTraces() throws IOException {
        Path log = stage.instance().server(Stage.KIND).logFile();
        long before = Files.size(log);
        for (String request : List.of("GET /anything%", "GET /api/a%00b", "GET *", "TRACE /api/health")) {
            Wire.request(space, request);
        }
        ambiguous().forEach(request -> Wire.untilClosed(space.base(), request + NEXT));
        String last = "last-" + UUID.randomUUID();
        space.anonymous().with("X-Request-Id", last).get("/api/auth/me").refused(401);

        Patience.within(
                Duration.ofSeconds(20), () -> assertThat(since(log, before)).contains(last));
        assertThat(since(log, before).lines().filter(line -> line.startsWith("\tat ")))
                .isEmpty();
    }

    private static String since(Path log, long position) throws IOException {
        byte[] all = Files.readAllBytes(log);
        int from = (int) Math.min(position, all.length);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    private static void refusedByParserOrPlatform(Answer answer) {
        answer.is(400);
        assertThat(answer.header("Connection").orElse("")).as("%s", answer).isEqualToIgnoringCase("close");
        if (!parserOfUndertow(answer)) {
            answer.refused(400);
        }
    }

    private static boolean parserOfUndertow(Answer answer) {
        return Stage.KIND == ServerKind.WILDFLY && answer.body().isEmpty();
    }
}
