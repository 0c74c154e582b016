package io.thespace.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One session's steps, against small servers in the platform's place. */
class WalkTest {

    private final TinyHub hub = new TinyHub();
    private final HttpServer platform = serve();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    /** The paths of all HTTP requests. */
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        hub.close();
        platform.stop(0);
    }

    private HttpServer serve() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/api/text", this::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a text with as many characters as the query names, in chunks of unknown total length. */
    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestURI().getPath());
        byte[] text = ("{\"text\": \""
                        + "a".repeat(Integer.parseInt(exchange.getRequestURI().getQuery())) + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(text);
        } catch (IOException e) {
            return; // not all of it is read
        }
    }

    private RunResult walk(String steps) throws InterruptedException {
        return walk(steps, PersonaView.ANYBODY);
    }

    private RunResult walk(String steps, PersonaView persona) throws InterruptedException {
        return walk(hub.base(), steps, persona);
    }

    private RunResult walkHttp(String steps) throws InterruptedException {
        URI base = URI.create("http://127.0.0.1:" + platform.getAddress().getPort());
        return walk(base, steps, PersonaView.ANYBODY);
    }

    private RunResult walk(URI base, String steps, PersonaView persona) throws InterruptedException {
        ScenarioOrder scenario = Json.read("{\"name\": \"w\", \"steps\": [" + steps + "]}", ScenarioOrder.class);
        Measurements measurements = new Measurements(scenario, Instant.now());
        Map<String, JsonNode> variables = Map.of("who", TextNode.valueOf("Ada"));
        try (Walk walk = new Walk(
                HttpClient.newHttpClient(),
                base,
                measurements,
                new CountDownLatch(1),
                (step, cause, requestId) -> failures.add(step + ": " + cause),
                "s",
                variables)) {
            measurements.ended(walk.go(Plan.of(scenario, persona, 1, 0)));
        }
        return measurements.result();
    }

    @Test
    void aConversationIsHeldOnOneWebSocket() throws InterruptedException {
        RunResult result = walk(
                """
                {"name": "join", "kind": "websocket", "path": "/api/v1/ws", "headers": {"Authorization": "Bearer ${who}"},
                 "body": {"type": "echo", "as": "joined", "n": 1}, "capture": {"number": "/n"},
                 "expect": {"frame": "joined", "max_millis": 5000}},
                {"name": "others", "kind": "websocket", "path": "/api/v1/ws", "body": {"type": "echo", "as": "message", "n": 2}},
                {"name": "say", "kind": "websocket", "path": "/api/v1/ws",
                 "body": {"type": "echo", "as": "message", "n": "${number}"},
                 "expect": {"frame": "message", "checks": [{"pointer": "/n", "equals": 1}]}},
                {"name": "passed_over", "kind": "websocket", "path": "/api/v1/ws",
                 "expect": {"frame": "message", "checks": [{"pointer": "/n", "equals": 2}]}}
                """);
        assertThat(failures).isEmpty();
        assertThat(result.failedSessions()).isZero();
        assertThat(result.steps()).allSatisfy(step -> {
            assertThat(step.requests()).isEqualTo(1);
            assertThat(step.latency()).isNotNull();
        });
        assertThat(hub.handshakes())
                .singleElement()
                .asString()
                .contains("Authorization: Bearer Ada", "X-Session-Id: s");
        hub.awaitGoodbye();
    }

    @Test
    void whatGoesWrongIsNamed() throws InterruptedException {
        String open = "\"kind\": \"websocket\", \"path\": \"/api/v1/ws\", \"body\": {\"type\": \"echo\", \"as\": ";
        walk("{\"name\": \"refused\", \"kind\": \"websocket\", \"path\": \"/api/v1/closed\"}");
        walk("{\"name\": \"denied\", " + open
                + "\"error\", \"error\": \"Not you.\"}, \"expect\": {\"frame\": \"joined\"}}");
        walk("{\"name\": \"silent\", " + open
                + "\"other\"}, \"expect\": {\"frame\": \"joined\", \"within_millis\": 300}}");
        walk("{\"name\": \"wrong\", " + open
                + "\"joined\", \"n\": 1}, \"expect\": {\"frame\": \"joined\", \"within_millis\": 300,"
                + " \"checks\": [{\"pointer\": \"/n\", \"equals\": 2}]}}");
        walk("{\"name\": \"closed\", \"kind\": \"websocket\", \"path\": \"/api/v1/ws\","
                + " \"body\": {\"type\": \"close\"}, \"expect\": {\"frame\": \"joined\"}}");
        assertThat(failures)
                .containsExactly(
                        "refused: The handshake was refused with status 401.",
                        "denied: An error came instead of joined: Not you.",
                        "silent: No frame joined within 300 ms.",
                        "wrong: No such frame joined within 300 ms. Of the last one: /n is 1 instead of 2.",
                        "closed: The platform closed the WebSocket with 4401: Sign in.");
    }

    /** A mistyped handshake is a mistake and no failure, and leaves no WebSocket open. */
    @Test
    void aMistypedHandshakeIsMadeAgainRightly() throws InterruptedException {
        PersonaView careless = new PersonaView(
                null,
                "x",
                java.math.BigDecimal.ONE,
                java.math.BigDecimal.ONE,
                java.math.BigDecimal.ONE,
                List.of(),
                Map.of());
        RunResult result = walk(
                """
                {"name": "join", "kind": "websocket", "path": "/api/v1/ws", "body": {"type": "echo", "as": "joined"},
                 "expect": {"frame": "joined"}}
                """,
                careless);
        assertThat(failures).isEmpty();
        assertThat(result.steps().get(0).mistakes()).isEqualTo(1);
        assertThat(hub.handshakes()).hasSize(2);
    }

    private static String step(String name, String members) {
        return "{\"name\": \"" + name + "\", \"method\": \"POST\", \"path\": \"/api/text/" + name + members + "}";
    }

    private static String capture(int characters) {
        return step("first", "?" + characters + "\", \"capture\": {\"x\": \"/text\"}");
    }

    /** Its length is not declared. */
    @Test
    void ofAnAnswerSoMuchIsRead() throws InterruptedException {
        String checked = "\", \"expect\": {\"checks\": [{\"pointer\": \"\", \"exists\": true}]}";
        int envelope = "{\"text\": \"\"}".length();
        walkHttp(step("most", "?" + (Walk.MAX_BYTES - envelope) + checked));
        assertThat(failures).isEmpty();

        walkHttp(step("one_more", "?" + (Walk.MAX_BYTES - envelope + 1) + checked));
        walkHttp(step("twice", "?" + 2 * Walk.MAX_BYTES + checked));
        assertThat(failures).containsExactly("one_more: The answer is missing.", "twice: The answer is missing.");
    }

    @Test
    void aRequestWithLongValuesIsNotMade() throws InterruptedException {
        for (String body : List.of(
                "\"" + "${x}".repeat(1_000) + "\"",
                "[" + "\"${x}\", ".repeat(1_000) + "1]",
                "{\"a\": [" + "\"-${x}\", ".repeat(1_000) + "1]}")) {
            requests.clear();
            failures.clear();

            RunResult result = walkHttp(capture(60_000) + ", " + step("second", "?1\", \"body\": " + body));

            assertThat(failures)
                    .containsExactly("second: The request cannot be made: with the values of its variables it has more"
                            + " than 1048576 characters.");
            assertThat(requests).containsExactly("/api/text/first");
            assertThat(result.failedSessions()).isEqualTo(1);
        }
    }

    @Test
    void pathHeadersAndBodyShareOneLimit() throws InterruptedException {
        walkHttp(capture(1_000) + ", "
                + step(
                        "second",
                        "?1\", \"headers\": {\"A\": \"" + "${x}".repeat(600) + "\"}, \"body\": \"" + "${x}".repeat(600)
                                + "\""));

        assertThat(failures).singleElement().asString().contains("more than 1048576 characters");
        assertThat(requests).containsExactly("/api/text/first");
    }

    @Test
    void anExpectationWithLongValuesFails() throws InterruptedException {
        walkHttp(capture(60_000) + ", "
                + step(
                        "second",
                        "?1\", \"expect\": {\"checks\": [{\"pointer\": \"/text\", \"equals\": \"" + "${x}".repeat(1_000)
                                + "\"}]}"));

        assertThat(failures).singleElement().asString().contains("more than 1048576 characters");
    }

    @Test
    void aSessionCapturesSoMuchInAll() throws InterruptedException {
        String again = "\", \"capture\": {\"x\": \"/text\"}";
        walkHttp(step("a", "?200000" + again) + ", " + step("b", "?200000" + again));
        assertThat(failures).as("the same variable again").isEmpty();

        walkHttp(step("a", "?200000" + again) + ", " + step("b", "?200000\", \"capture\": {\"y\": \"/text\"}"));
        assertThat(failures)
                .containsExactly("b: With y the captured values of the session have 400004 characters;"
                        + " the maximum is 262144.");
    }
}
