package io.thespace.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.thespace.identity.IdentityError;
import io.thespace.identity.signin.LoginThrottle;
import io.thespace.invitation.ValidationRequest;
import io.thespace.invitation.ValidationView;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Rejection;
import io.thespace.redis.Redis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asking a membership backend that behaves, and ones that do not. */
class MembershipBackendTest {

    private static final Actor STRANGER = Actor.anonymous("request-1", null, "192.0.2.9");
    private static final ValidationRequest REQUEST = new ValidationRequest("CODE", "12345678");
    private static final String VALID = "{\"valid\": true, \"membership\": {\"org_id\":"
            + " \"019a0000-0000-7000-8000-000000000001\", \"organization\": \"Acme\", \"role\": \"member\","
            + " \"expires_at\": \"2999-01-01T00:00:00Z\", \"of_another_version\": 1}}";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private MembershipBackend backend;
    private Answering answering;

    /** What the backend does. */
    @FunctionalInterface
    private interface Answering {
        void to(HttpExchange exchange, int call) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/base" + MembershipApi.VALIDATE, exchange -> {
            heard.add(exchange.getRequestHeaders().getFirst("Authorization")
                    + " "
                    + exchange.getRequestHeaders().getFirst("X-Request-Id")
                    + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answering.to(exchange, calls.incrementAndGet());
            exchange.close();
        });
        server.start();
        backend = backend(LIMIT);
    }

    private MembershipBackend backend(Duration limit) {
        return new MembershipBackend(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base/"),
                () -> "Bearer secret",
                limit,
                Thread::new);
    }

    @AfterEach
    void stop() {
        over.countDown();
        backend.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void refused(ErrorCode code) {
        assertThatThrownBy(() -> backend.validate(STRANGER, REQUEST))
                .isInstanceOfSatisfying(Rejection.class, rejection -> {
                    assertThat(rejection.code()).isEqualTo(code);
                    assertThat(rejection.retryAfter()).isPositive();
                });
    }

    @Test
    void theAnswerComesThrough() {
        answering = (exchange, call) -> send(exchange, 200, VALID);
        ValidationView view = backend.validate(STRANGER, REQUEST);
        assertThat(view.membership().organization()).isEqualTo("Acme");
        assertThat(heard).containsExactly("Bearer secret request-1 {\"code\":\"CODE\",\"pin\":\"12345678\"}");
    }

    @Test
    void whatPassesIsTriedAgain() {
        answering = (exchange, call) -> send(exchange, call < 3 ? 503 : 200, call < 3 ? "" : VALID);
        assertThat(backend.validate(STRANGER, REQUEST).valid()).isTrue();
        assertThat(calls).hasValue(3);
    }

    @Test
    void aRefusedCredentialAndNonsenseAreOutages() {
        answering = (exchange, call) -> send(exchange, call == 1 ? 401 : 200, call == 2 ? "{\"valid\": true}" : "[]");
        refused(MembershipError.MEMBERSHIP_UNAVAILABLE);
        refused(MembershipError.MEMBERSHIP_UNAVAILABLE);
        refused(MembershipError.MEMBERSHIP_UNAVAILABLE);
        assertThat(calls).hasValue(3);
    }

    @Test
    void aLockIsPassedOn() {
        answering = (exchange, call) -> {
            exchange.getResponseHeaders().add("Retry-After", "77");
            send(exchange, 429, "{}");
        };
        assertThatThrownBy(() -> backend.validate(STRANGER, REQUEST))
                .isInstanceOfSatisfying(Rejection.class, rejection -> {
                    assertThat(rejection.code()).isEqualTo(IdentityError.TOO_MANY_ATTEMPTS);
                    assertThat(rejection.retryAfter()).isEqualTo(Duration.ofSeconds(77));
                });
    }

    @Test
    void aFloodIsCutOff() {
        answering = (exchange, call) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = " ".repeat(8_192).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(block);
            }
        };
        refused(MembershipError.MEMBERSHIP_UNAVAILABLE);
    }

    @Test
    void whoDripsOrHangsIsWaitedForNoLonger() {
        backend.close();
        backend = backend(Duration.ofSeconds(2));
        answering = (exchange, call) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        long begin = System.nanoTime();
        refused(MembershipError.MEMBERSHIP_UNAVAILABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        assertThat(calls).hasValue(1);
    }

    @Test
    void oneCallMoreThanAreAllowedIsRejectedAtOnce() throws Exception {
        backend.close();
        backend = backend(Duration.ofSeconds(30));
        CountDownLatch underWay = new CountDownLatch(16);
        answering = (exchange, call) -> {
            underWay.countDown();
            try {
                assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            send(exchange, 200, VALID);
        };
        List<Future<ValidationView>> callers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            callers.add(threads.submit(() -> backend.validate(STRANGER, REQUEST)));
        }
        assertThat(underWay.await(10, TimeUnit.SECONDS)).isTrue();

        refused(MembershipError.MEMBERSHIP_BUSY);

        over.countDown();
        for (Future<ValidationView> caller : callers) {
            assertThat(caller.get(10, TimeUnit.SECONDS).valid()).isTrue();
        }
        assertThat(backend.validate(STRANGER, REQUEST).valid()).isTrue();
    }

    @Test
    void whoKeepsFailingIsLeftAlone() {
        answering = (exchange, call) -> send(exchange, 500, "");
        for (int i = 0; i < 8; i++) {
            refused(MembershipError.MEMBERSHIP_UNAVAILABLE);
        }
        assertThat(calls).hasValue(5);
    }

    @Test
    void onlyPositiveAnswersAreRememberedAndWrongOnesCountForTheAddress() {
        LoginThrottle throttle = new LoginThrottle(new Redis(Optional.empty()));
        MembershipChecks checks = new MembershipChecks(throttle, backend);
        answering = (exchange, call) -> send(exchange, 200, VALID);
        assertThat(checks.validate(STRANGER, REQUEST).valid()).isTrue();
        assertThat(checks.validate(STRANGER, REQUEST).valid()).isTrue();
        assertThat(calls).hasValue(1);

        answering = (exchange, call) -> send(exchange, 200, "{\"valid\": false, \"membership\": null}");
        ValidationRequest wrong = new ValidationRequest("CODE", "1");
        for (int i = 0; i < 10; i++) {
            assertThat(checks.validate(STRANGER, wrong).valid()).isFalse();
        }
        assertThat(calls).hasValue(11);
        assertThatThrownBy(() -> checks.validate(STRANGER, wrong))
                .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                        .isEqualTo(IdentityError.TOO_MANY_ATTEMPTS));
        assertThat(calls).hasValue(11);
    }
}
