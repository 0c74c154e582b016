package io.thespace.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementClientTest {

    private static final UUID ID = UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f");
    private static final String SECRET = "ibex_pat_secret";
    private static final String AGENT =
            """
            {"id": "%s", "name": "support", "description": "", "model": "m", "tools": ["a"],
             "budget": {"amount": 250.00, "currency": "EUR"}, "status": "dreaming", "created_by": "%s",
             "created_at": "2026-01-31T12:00:00Z", "changed_at": "2026-01-31T12:00:00Z", "mood": "new here"}"""
                    .formatted(ID, ID);

    /** A received request. */
    private record Asked(String method, String uri, String key, String bearer, String body) {}

    /** The response to send. */
    private record Told(int status, String body, String retryAfter) {
        Told(int status, String body) {
            this(status, body, null);
        }
    }

    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private ManagementClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        client = client(Retries.USUAL, Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private ManagementClient client(Retries retries, Duration limit) {
        return ManagementClient.at(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .bearer(() -> SECRET)
                .retries(new Retries(retries.attempts(), Duration.ofMillis(1), retries.longest()))
                .limit(limit)
                .build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                exchange.getRequestHeaders().getFirst("Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Told answer = told.remove();
        if (answer.status() == 0) {
            // Hangs until the test is over.
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
            return;
        }
        if (answer.status() < 0) {
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().set("X-Request-ID", "018f");
        if (answer.retryAfter() != null) {
            exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String refusal(String code) {
        return """
                {"error": {"code": "%s", "message": "Not so.", "request_id": "0190",
                 "field_errors": [{"field": "name", "code": "REQUIRED", "message": "must not be blank"}]}}"""
                .formatted(code);
    }

    @Test
    void readsWhatALaterPlatformSays() {
        told.add(new Told(200, AGENT));

        Agent agent = client.agents().get(ID);

        assertThat(agent.status()).isEqualTo("dreaming");
        assertThat(agent.budget()).isEqualTo(new Budget(new BigDecimal("250.00"), "EUR"));
        assertThat(asked)
                .containsExactly(new Asked("GET", "/management/v1/agents/" + ID, null, "Bearer " + SECRET, ""));
    }

    @Test
    void writesWhatIsToldAndLeavesOutWhatIsNot() {
        told.add(new Told(200, AGENT));

        client.agents().change(ID, new AgentChange().model("gpt-4o").budget(new Budget(BigDecimal.ONE, null)));

        assertThat(asked.remove().body()).isEqualTo("{\"model\":\"gpt-4o\",\"budget\":{\"amount\":1}}");
    }

    @Test
    void whatIsToBeClearedIsToldAsNull() {
        told.add(new Told(200, AGENT));
        AgentChange change = new AgentChange().budget(null);

        client.agents().change(ID, change);

        assertThat(asked.remove().body()).isEqualTo("{\"budget\":null}");
        assertThat(change.model("m")).hasToString("AgentChange[budget, model]");
        assertThat(change).hasToString("AgentChange[budget]");
    }

    @Test
    void aQuestionWithABodyIsAskedAgainWithoutAKey() {
        told.add(new Told(503, refusal("SERVICE_DEGRADED")));
        told.add(new Told(200, "{\"items\": [], \"lists\": []}"));

        assertThat(client.memories().search(new MemorySearch("tea")).items()).isEmpty();

        assertThat(asked).extracting(Asked::key).containsExactly(null, null);
        assertThat(asked.remove().body()).isEqualTo("{\"query\":\"tea\"}");
    }

    @Test
    void anExportIsFetchedPartByPart() {
        String part = "{\"format\": \"f/1\", \"part\": %d, \"parts\": 2, \"stores\": [],"
                + " \"records\": [{\"source\": \"s\", \"store\": \"t\", \"record\": {\"n\": %d}}]}";
        told.add(new Told(200, part.formatted(1, 1)));
        told.add(new Told(200, part.formatted(2, 2)));

        assertThat(client.dataRequests().export(ID))
                .extracting(each -> each.records().get(0).record().get("n"))
                .containsExactly(1, 2);

        assertThat(asked)
                .extracting(Asked::uri)
                .containsExactly(
                        "/management/v1/data-requests/" + ID + "/export?part=1",
                        "/management/v1/data-requests/" + ID + "/export?part=2");
    }

    @Test
    void memoriesAreExportedLineByLine() {
        String memory = "{\"id\": \"%s\", \"content\": \"tea\"}\n".formatted(ID);
        told.add(new Told(200, memory + memory));
        told.add(new Told(200, ""));

        assertThat(client.memories().export()).hasSize(2);

        assertThat(asked)
                .extracting(Asked::uri)
                .containsExactly("/management/v1/memories/export", "/management/v1/memories/export?after=" + ID);
    }

    @Test
    void aRequestIsWaitedForNoLongerThanTold() {
        String request = "{\"id\": \"%s\", \"state\": \"%s\", \"stores\": []}";
        told.add(new Told(200, request.formatted(ID, "running")));
        told.add(new Told(200, request.formatted(ID, "completed")));
        assertThat(client.dataRequests().await(ID, Duration.ofMinutes(1)).completed())
                .isTrue();
        told.add(new Told(200, request.formatted(ID, "blocked")));

        assertThat(client.dataRequests().await(ID, Duration.ZERO).state()).isEqualTo("blocked");
    }

    /** The waits double, so that without a look at the end the last one is after 250 ms. */
    @Test
    void aRequestIsWaitedForAsLongAsTold() {
        Instant completed = Instant.now().plusMillis(500);
        server.createContext("/management/v1/data-requests/", exchange -> {
            String state = Instant.now().isBefore(completed) ? "running" : "completed";
            byte[] body = "{\"id\": \"%s\", \"state\": \"%s\", \"stores\": []}"
                    .formatted(ID, state)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        assertThat(client.dataRequests().await(ID, Duration.ofMillis(600)).completed())
                .isTrue();
    }

    @Test
    void aListIsFetchedAsItIsRead() {
        told.add(new Told(
                200, "{\"items\": [%s, %s], \"next_cursor\": \"a+b/c=\", \"total\": null}".formatted(AGENT, AGENT)));
        told.add(new Told(200, "{\"items\": [], \"next_cursor\": \"next\", \"total\": null}"));
        told.add(new Told(200, "{\"items\": [%s], \"next_cursor\": null, \"total\": null}".formatted(AGENT)));
        Iterator<Agent> agents =
                client.agents().list().with("status", "active").inPagesOf(2).iterator();

        agents.next();
        agents.next();
        assertThat(asked).hasSize(1);
        agents.next();

        assertThat(agents.hasNext()).isFalse();
        assertThat(asked)
                .extracting(Asked::uri)
                .containsExactly(
                        "/management/v1/agents?limit=2&status=active",
                        "/management/v1/agents?cursor=a%2Bb%2Fc%3D&limit=2&status=active",
                        "/management/v1/agents?cursor=next&limit=2&status=active");
    }

    @Test
    void aRefusalSaysEverythingButTheSecret() {
        told.add(new Told(400, refusal("VALIDATION_ERROR")));

        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> client.agents().create(new AgentOrder("", "m")));

        assertThat(refused).hasMessage("400 VALIDATION_ERROR: Not so. (request 0190)");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("VALIDATION_ERROR");
        assertThat(refused.requestId()).isEqualTo("0190");
        assertThat(refused.fieldErrors()).containsExactly(new FieldError("name", "REQUIRED", "must not be blank"));
        assertThat(asked).hasSize(1);
        assertThat(client.toString() + refused).doesNotContain(SECRET);
    }

    @Test
    void somethingInBetweenSpeaksForItself() {
        told.add(new Told(403, "<html>proxy</html>"));

        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> client.agents().get(ID));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("UNKNOWN");
        assertThat(refused.requestId()).isEqualTo("018f");
    }

    /** Whatever became of the attempts before: -1 closes the connection without an answer. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 409, 429, 502, 503, 504})
    void whatCreatesIsSentAgainWithTheSameKey(int failure) {
        told.add(new Told(failure, refusal("IDEMPOTENCY_CONFLICT")));
        told.add(new Told(failure, refusal("IDEMPOTENCY_CONFLICT")));
        told.add(new Told(201, AGENT));

        assertThat(client.agents().create(new AgentOrder("support", "m")).id()).isEqualTo(ID);

        assertThat(asked).hasSize(3);
        assertThat(asked.stream().map(Asked::key).distinct()).hasSize(1).doesNotContainNull();
    }

    @Test
    void eachCallHasAKeyOfItsOwn() {
        told.add(new Told(201, AGENT));
        told.add(new Told(201, AGENT));

        client.agents().create(new AgentOrder("support", "m"));
        client.agents().create(new AgentOrder("support", "m"));

        assertThat(asked.stream().map(Asked::key).distinct()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "organization", "user"})
    void whatTakesNoKeyIsSentAgainOnlyWhenNothingWasDone(String kind) {
        ThrowingCallable create =
                switch (kind) {
                    case "token" ->
                        () -> client.tokens().create(new TokenOrder("nightly", List.of("agent_read"), null, null));
                    case "organization" ->
                        () -> client.organizations().create(new OrganizationOrder("New", "owner@example.com", null));
                    default -> () -> client.users().invite(new UserOrder("user@example.com", "User", "member"));
                };
        told.add(new Told(429, refusal("RATE_LIMITED"), "0"));
        told.add(new Told(503, refusal("SERVICE_DEGRADED")));
        assertThatThrownBy(create).isInstanceOf(RefusedException.class);
        assertThat(asked).hasSize(2);
        told.add(new Told(-1, ""));

        assertThatThrownBy(create).isInstanceOf(UnreachableException.class);

        assertThat(asked).hasSize(3).extracting(Asked::key).containsOnlyNulls();
    }

    @Test
    void nobodyIsWaitedForLongerThanAllowed() {
        told.add(new Told(429, refusal("RATE_LIMITED"), "3600"));

        assertThatThrownBy(() -> client.agents().get(ID)).isInstanceOf(RefusedException.class);

        assertThat(asked).hasSize(1);
    }

    @Test
    void theAttemptsAreCounted() {
        for (int i = 0; i < 4; i++) {
            told.add(new Told(503, refusal("SERVICE_DEGRADED")));
        }

        assertThatThrownBy(() -> client.agents().get(ID)).hasMessageContaining("SERVICE_DEGRADED");

        assertThat(asked).hasSize(4);
    }

    @Test
    void anAnswerThatDoesNotComeIsGivenUp() {
        told.add(new Told(0, ""));

        assertThatThrownBy(() ->
                        client(Retries.NONE, Duration.ofMillis(200)).agents().get(ID))
                .isInstanceOf(UnreachableException.class)
                .hasMessageStartingWith("GET /agents/");
    }

    @Test
    void anAnswerThatIsNotOneIsNotBelieved() {
        told.add(new Told(200, "{"));

        assertThatThrownBy(() -> client.agents().get(ID)).isInstanceOf(UnreachableException.class);
    }

    @Test
    void waitsGrowAndAreBounded() {
        Retries retries = new Retries(99, Duration.ofMillis(100), Duration.ofSeconds(1));

        assertThat(retries.waitAfter(1)).isBetween(Duration.ZERO, Duration.ofMillis(100));
        assertThat(retries.waitAfter(2)).isBetween(Duration.ZERO, Duration.ofMillis(200));
        assertThat(retries.waitAfter(98)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
    }
}
