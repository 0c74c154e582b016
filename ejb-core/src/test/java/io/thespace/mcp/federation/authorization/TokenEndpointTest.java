package io.thespace.mcp.federation.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.outbound.TestOutbound;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.OAuthClient;
import io.thespace.mcp.federation.OAuthOrder;
import io.thespace.mcp.federation.UserCredential;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Rejection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to token endpoints, over real sockets. */
class TokenEndpointTest {

    private static final Actor CALLER = Actor.platform(null, "test");

    private final TestOutbound outbound = new TestOutbound();
    private final TokenEndpoint tokens = new TokenEndpoint(outbound.requests());
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer;
    private volatile String asked;
    private volatile String authorization;
    private final Semaphore arrived = new Semaphore(0);
    private final CountDownLatch answering = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean holding;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/token", this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        answering.countDown();
        server.stop(0);
        threads.shutdownNow();
        outbound.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            arrived.release();
            if (holding) {
                await();
            }
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Location", "/token");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void await() {
        try {
            answering.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OAuthClient client(String secret) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
        return new OAuthClient(
                "files",
                "https://mcp.example.org/mcp",
                new OAuthOrder("https://auth.example.org/authorize", url, "the space", null, ""),
                secret);
    }

    private UserCredential renewed(String said) {
        answer = said;
        return tokens.renew(CALLER, client(null), "r&1");
    }

    @Test
    void theCodeIsSentWithItsVerifierAndTheResource() {
        answer = "{\"access_token\": \"a\", \"token_type\": \"Bearer\"}";

        UserCredential credential = tokens.redeem(CALLER, client("s:1"), "c 1", "v", "https://space.example.org/?a=b");

        assertThat(asked)
                .isEqualTo(
                        "grant_type=authorization_code&code=c+1&redirect_uri=https%3A%2F%2Fspace.example.org%2F%3Fa%3Db"
                                + "&code_verifier=v&resource=https%3A%2F%2Fmcp.example.org%2Fmcp");
        // "the+space:s%3A1"
        assertThat(authorization).isEqualTo("Basic dGhlK3NwYWNlOnMlM0Ex");
        assertThat(credential).isEqualTo(new UserCredential("a", null, null));
    }

    @Test
    void aPublicClientNamesItself() {
        Instant before = Instant.now();
        UserCredential credential = renewed(
                "{\"access_token\": \"a\", \"token_type\": \"bearer\", \"expires_in\": 60, \"refresh_token\": \"r2\"}");

        assertThat(asked)
                .isEqualTo("grant_type=refresh_token&refresh_token=r%261&resource=https%3A%2F%2Fmcp.example.org%2Fmcp"
                        + "&client_id=the+space");
        assertThat(authorization).isNull();
        assertThat(credential.refreshToken()).isEqualTo("r2");
        assertThat(credential.expiresAt())
                .isBetween(before.plusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(Optional.of(credential).toString()).doesNotContain("r2");
    }

    @Test
    void aRefreshTokenThatIsNotReplacedStays() {
        assertThat(renewed("{\"access_token\": \"a\"}").refreshToken()).isEqualTo("r&1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"error\": \"invalid_grant\"} ~ invalid_grant",
                "{\"error\": \"invalid_grant\", \"error_description\": \"It is over\"} ~ It is over"
            })
    void aGrantThatIsRejectedIsTheUsersMatter(String said, String told) {
        status = 400;
        assertRefused(said, FederationError.AUTHORIZATION_REFUSED, told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "401 ~ {\"error\": \"invalid_client\"} ~ invalid_client",
                "400 ~ nothing of JSON ~ responded with 400",
                "429 ~ {\"error\": \"slow_down\"} ~ slow_down"
            })
    void otherRejectionsAreNot(int rejection, String said, String told) {
        status = rejection;
        assertRefused(said, FederationError.SERVER_ANSWER_INVALID, told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"access_token\": \"\"}",
                "{\"access_token\": \"with space\"}",
                "{\"access_token\": \"a\", \"token_type\": \"mac\"}",
                "{\"access_token\": \"a\", \"refresh_token\": \"\\u0000\"}",
                "<html>"
            })
    void whatIsNoTokenIsTold(String said) {
        assertRefused(said, FederationError.SERVER_ANSWER_INVALID, "without a usable bearer token");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 307, 500, 204})
    void otherAnswersAreNotFollowed(int other) {
        status = other;
        assertThatThrownBy(() -> renewed(other == 204 ? "" : "{\"access_token\": \"a\"}"))
                .isInstanceOf(Rejection.class);
    }

    @Test
    void anEndlessAnswerIsNotReadToItsEnd() {
        assertRefused(
                "{\"access_token\": \"a\", \"more\": \"" + "x".repeat(100_000) + "\"}",
                FederationError.SERVER_ANSWER_INVALID,
                "without a usable bearer token");
    }

    @Test
    void itsPlacesCountOverAllRequests() throws Exception {
        holding = true;
        answer = "{\"access_token\": \"a\"}";
        List<Future<UserCredential>> asking = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            asking.add(threads.submit(() -> tokens.renew(CALLER, client(null), "r")));
        }
        assertThat(arrived.tryAcquire(4, 5, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> tokens.renew(CALLER, client(null), "r"))
                .isInstanceOfSatisfying(
                        Rejection.class, refusal -> assertThat(refusal.code()).isEqualTo(GatewayError.UPSTREAM_FULL));

        answering.countDown();
        for (Future<UserCredential> one : asking) {
            assertThat(one.get().token()).isEqualTo("a");
        }
        assertThat(tokens.renew(CALLER, client(null), "r").token()).isEqualTo("a");
    }

    @Test
    void aServerThatFailsIsLeftAlone() {
        server.stop(0);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> renewed("")).isInstanceOf(Rejection.class);
        }
        assertThatThrownBy(() -> renewed(""))
                .isInstanceOfSatisfying(Rejection.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(GatewayError.UPSTREAM_RESTING));
    }

    private void assertRefused(String said, ErrorCode code, String told) {
        assertThatThrownBy(() -> renewed(said)).isInstanceOfSatisfying(Rejection.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal).hasMessageContaining(told);
        });
    }
}
