package io.thespace.restclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.thespace.restclient.RestCalls.Permit;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Typed calls of a server that behaves, and of one that does not. */
class RestCallsTest {

    private static final int MAX_BYTES = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<Optional<String>> credentials = new CopyOnWriteArrayList<>();
    private volatile Answering answering;
    private HttpServer server;
    private RestCalls calls;
    private Api api;

    /** What the server is called with. */
    @Path("/thing")
    public interface Api {

        /** A thing. */
        @GET
        CompletionStage<Thing> get(@HeaderParam("Authorization") String authorization);
    }

    /** What the server answers with. */
    public record Thing(String name) {}

    @FunctionalInterface
    private interface Answering {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            paths.add(exchange.getRequestURI().getPath());
            credentials.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
            try {
                answering.to(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        });
        server.start();
        calls = new RestCalls(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base/"), 1, MAX_BYTES, Thread::new);
        api = calls.client(Api.class, LIMIT);
    }

    @AfterEach
    void stop() {
        over.countDown();
        calls.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private Thing call(Duration wait) throws IOException, TimeoutException, InterruptedException {
        try (Permit permit = calls.tryAcquire().orElseThrow()) {
            return permit.call(() -> api.get(null), System.nanoTime() + wait.toNanos());
        }
    }

    @Test
    void aRecordIsReadWithoutItsUnknownMembersAndAHeaderThatIsNullIsNotSent() throws Exception {
        answering = exchange -> send(exchange, 200, "{\"name\": \"Ada\", \"added_later\": 1}");
        assertThat(call(LIMIT)).isEqualTo(new Thing("Ada"));
        assertThat(paths).containsExactly("/base/thing");
        assertThat(credentials).containsExactly(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 302, 307, 401, 404, 500, 503})
    void everyOtherStatusIsAFailureAndNoRedirectIsFollowed(int status) {
        answering = exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.getResponseHeaders().set("Retry-After", "5");
            send(exchange, status, status == 204 ? "" : "{\"name\": \"Ada\"}");
        };
        assertThatThrownBy(() -> call(LIMIT)).isInstanceOfSatisfying(UnexpectedStatus.class, failure -> {
            assertThat(failure.status()).isEqualTo(status);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(5));
        });
        assertThat(paths).containsExactly("/base/thing");
        assertThat(calls.tryAcquire()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{\"name\": {}}", "<html>"})
    void anotherBodyIsUnreadable(String body) {
        answering = exchange -> send(exchange, 200, body);
        assertThatThrownBy(() -> call(LIMIT)).isInstanceOf(UnreadableResponse.class);
    }

    @Test
    void aBodyThatIsTooLargeIsNotReadOn() {
        answering = exchange -> send(exchange, 200, " ".repeat(MAX_BYTES) + "{\"name\": \"Ada\"}");
        assertThatThrownBy(() -> call(LIMIT)).hasRootCauseMessage("The response body exceeds 1000 bytes.");
    }

    @Test
    void theLargestBodyIsRead() throws Exception {
        String body = "{\"name\": \"Ada\"}";
        answering = exchange -> send(exchange, 200, " ".repeat(MAX_BYTES - body.length()) + body);
        assertThat(call(LIMIT)).isEqualTo(new Thing("Ada"));
    }

    @Test
    void aServerThatHangsKeepsThePermitAfterItsCallerHasGone() throws Exception {
        answering = exchange -> {
            assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
            send(exchange, 200, "{\"name\": \"Ada\"}");
        };
        assertThatThrownBy(() -> call(Duration.ofMillis(100))).isInstanceOf(TimeoutException.class);
        assertThat(calls.tryAcquire()).isEmpty();

        over.countDown();

        awaitPermit();
    }

    @Test
    void aServerThatDripsKeepsThePermitUntilTheLimit() throws Exception {
        api = calls.client(Api.class, Duration.ofSeconds(2));
        answering = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1_200 && !over.await(50, TimeUnit.MILLISECONDS); i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        };
        assertThatThrownBy(() -> call(Duration.ofMillis(100))).isInstanceOf(TimeoutException.class);
        assertThat(calls.tryAcquire()).isEmpty();

        awaitPermit();
    }

    /** Until the worker has ended, which is well before the server does by itself. */
    private void awaitPermit() throws InterruptedException {
        CountDownLatch pause = new CountDownLatch(1);
        for (int i = 0; i < 400; i++) {
            if (calls.tryAcquire().isPresent()) {
                return;
            }
            assertThat(pause.await(50, TimeUnit.MILLISECONDS)).isFalse();
        }
        throw new AssertionError("The permit did not come back");
    }

    @Test
    void aServerThatIsNotThereIsAFailure() {
        server.stop(0);
        assertThatThrownBy(() -> call(LIMIT))
                .isInstanceOf(IOException.class)
                .isNotInstanceOfAny(UnexpectedStatus.class, UnreadableResponse.class);
        assertThat(calls.tryAcquire()).isPresent();
    }
}
