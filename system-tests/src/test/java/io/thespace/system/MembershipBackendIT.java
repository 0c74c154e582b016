package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.thespace.configuration.Key;
import io.thespace.configuration.Key.ServerKind;
import io.thespace.launcher.Instance;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose membership backend is another server, well behaved and not, through the server's own REST client. */
class MembershipBackendIT {

    private static final String VALIDATE = "/api/frontend/membership/validate-invitation";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final int MAX_CALLS = 16;
    /** More than are left when the permits of calls that drip are lost; Payara Micro begins no more than ten at once. */
    private static final int TOGETHER = 8;

    /** Short enough that no call waits at the throttle of sign-ins for longer than that allows. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** The limit of each round of calls, and what a busy machine adds; a drip takes twice as long. */
    private static final Duration ANSWER_LIMIT = LIMIT.plusSeconds(24);

    private static final String VALID = "{\"valid\": true, \"membership\": {\"org_id\":"
            + " \"019a0000-0000-7000-8000-000000000001\", \"organization\": \"Acme\", \"role\": \"member\","
            + " \"expires_at\": \"2999-01-01T00:00:00Z\", \"added_by_a_later_version\": 1}}";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final AtomicInteger redirected = new AtomicInteger();
    private final AtomicInteger pins = new AtomicInteger();
    private final CountDownLatch dripped = new CountDownLatch(1);
    private volatile CountDownLatch together = new CountDownLatch(TOGETHER);
    private volatile String credential;
    private HttpServer backend;

    @BeforeEach
    void start() throws IOException {
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.setExecutor(threads);
        backend.createContext("/elsewhere", exchange -> {
            redirected.incrementAndGet();
            send(exchange, 200, VALID);
        });
        backend.createContext("/base/api/membership/validate-invitation", exchange -> {
            mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
                answer(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                underWay.decrementAndGet();
                exchange.close();
            }
        });
        backend.start();
    }

    @AfterEach
    void stop() {
        backend.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        JsonNode question;
        try (InputStream in = exchange.getRequestBody()) {
            question = Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        credential = exchange.getRequestHeaders().getFirst("Authorization");
        switch (question.path("code").asText()) {
            case "GOOD" -> send(exchange, 200, VALID);
            case "REDIRECT" -> {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                send(exchange, 302, "");
            }
            case "LOCKED" -> {
                exchange.getResponseHeaders().set("Retry-After", "77");
                send(exchange, 429, "{}");
            }
            case "FLOOD" -> send(exchange, 200, " ".repeat(1 << 20) + VALID);
            case "TOGETHER" -> {
                CountDownLatch all = together;
                all.countDown();
                boolean complete = all.await(LIMIT.toMillis() / 2, TimeUnit.MILLISECONDS);
                send(exchange, complete ? 200 : 400, VALID);
            }
            default -> drip(exchange);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** A byte at a time until the client has gone or the test ends it. */
    private void drip(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        for (int i = 0; i < 600 && !dripped.await(100, TimeUnit.MILLISECONDS); i++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
        }
    }

    @Test
    void aBackendThatMisbehavesCostsItsOwnCallersOnly() throws Exception {
        Path folder = Stage.temporaryFolder();
        try (Stores stores = Stores.start(folder.resolve("stores"))) {
            Map<String, String> settings = Stage.settings(folder.resolve("node"));
            settings.putAll(stores.settings());
            settings.put(
                    Key.MEMBERSHIP_URL.name(),
                    "http://127.0.0.1:" + backend.getAddress().getPort() + "/base/");
            settings.put(Key.MEMBERSHIP_TOKEN.name(), TOKEN);
            settings.put(Key.MEMBERSHIP_TIMEOUT_MILLIS.name(), String.valueOf(LIMIT.toMillis()));
            try (Node node = new Node(Instance.of(settings), Stage.KIND).started()) {
                Caller caller = node.space().anonymous();
                responsesAreRead(caller);
                dripsHoldNoMoreThanTheirPermits(caller);
                permitsComeBack(caller);
                node.space().anonymous().get("/api/ready").is(200);
            }
        } finally {
            Stage.clear(folder);
        }
    }

    private void responsesAreRead(Caller caller) {
        // The first call of all loads the client, which can take longer than the limit.
        Patience.within(Duration.ofSeconds(60), () -> validate(caller, "GOOD").is(200));
        assertThat(validate(caller, "GOOD")
                        .is(200)
                        .get("membership")
                        .path("organization")
                        .asText())
                .isEqualTo("Acme");
        assertThat(credential).isEqualTo("Bearer " + TOKEN);
        validate(caller, "REDIRECT").refused(503);
        assertThat(redirected).hasValue(0);
        Answer locked = validate(caller, "LOCKED");
        locked.refused(429);
        assertThat(locked.header("Retry-After")).contains("77");
        validate(caller, "FLOOD").refused(503);
        validate(caller, "GOOD").is(200);
    }

    private void dripsHoldNoMoreThanTheirPermits(Caller caller) {
        mostUnderWay.set(0);
        long start = System.nanoTime();
        List<Answer> answers =
                Crowd.all(Collections.nCopies(MAX_CALLS * 2, (Callable<Answer>) () -> validate(caller, "DRIP")));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ANSWER_LIMIT);
        answers.forEach(answer -> answer.refused(503));
        assertThat(mostUnderWay.get()).isBetween(MAX_CALLS - TOGETHER + 1, MAX_CALLS);
    }

    private void permitsComeBack(Caller caller) {
        if (Stage.KIND == ServerKind.WILDFLY) {
            // Its client does not give up a response that is still being sent, so the drips keep their permits.
            dripped.countDown();
        }
        Duration recovery = Duration.ofSeconds(90);
        Patience.within(recovery, () -> validate(caller, "GOOD").is(200));
        Patience.within(recovery, () -> IntStream.range(0, 10)
                .forEach(i -> validate(caller, "GOOD").is(200)));
        Patience.within(recovery, () -> {
            together = new CountDownLatch(TOGETHER);
            Crowd.all(Collections.nCopies(TOGETHER, (Callable<Answer>) () -> validate(caller, "TOGETHER")))
                    .forEach(answer -> answer.is(200));
        });
    }

    /** With another PIN each time, so that no answer is remembered. */
    private Answer validate(Caller caller, String code) {
        return caller.post(VALIDATE, "code", code, "pin", String.valueOf(10_000_000 + pins.incrementAndGet()));
    }
}
