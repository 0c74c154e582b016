package io.thespace.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steps over a WebSocket, against a small server in the hub's place. */
class WalkTest {

    private final TinyHub hub = new TinyHub();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        hub.close();
    }

    private RunResult walk(String steps) throws InterruptedException {
        return walk(steps, PersonaView.ANYBODY);
    }

    private RunResult walk(String steps, PersonaView persona) throws InterruptedException {
        ScenarioOrder scenario = Json.read("{\"name\": \"w\", \"steps\": [" + steps + "]}", ScenarioOrder.class);
        Measurements measurements = new Measurements(scenario, Instant.now());
        Map<String, JsonNode> variables = Map.of("who", TextNode.valueOf("Ada"));
        try (Walk walk = new Walk(
                HttpClient.newHttpClient(),
                hub.base(),
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
}
