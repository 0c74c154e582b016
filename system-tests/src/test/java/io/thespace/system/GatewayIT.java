package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway over the wire, before upstreams that behave well and badly. */
class GatewayIT {

    private static final String ROUTES = "/api/control-center/gateway/routes";
    private static final String GATEWAY = "/api/v1/gateway";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Upstream upstream;

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Person adminPerson = stage.fixtures().admin(org);
    private final Caller admin = space.as(adminPerson);
    private final Person userPerson = stage.fixtures().user(org);
    private final Caller user = space.as(userPerson);
    private String prefix;

    @BeforeAll
    static void start() throws IOException {
        upstream = new Upstream();
    }

    @AfterAll
    static void stop() throws IOException {
        upstream.close();
    }

    @BeforeEach
    void choose() {
        prefix = "/t" + UUID.randomUUID().toString().replace("-", "");
    }

    /** A route that is in force. */
    private String route(String url, Object... more) {
        List<Object> members = new ArrayList<>(List.of("prefix", prefix, "upstreams", List.of(Map.of("url", url))));
        members.addAll(List.of(more));
        String id = admin.post(ROUTES, members.toArray()).is(201).text("id");
        Patience.within(SECOND, () -> assertThat(
                        admin.call("HEAD", GATEWAY + prefix + "/told").status())
                .isNotEqualTo(404));
        return id;
    }

    private HttpRequest.Builder request(Caller caller, String path) {
        return HttpRequest.newBuilder(URI.create(space.base() + GATEWAY + prefix + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + caller.token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void theEchoTellsWhatCame(String method) {
        Answer answer = user.with("X-Api-Key", "hush")
                .with("X-Session-Id", "s-1")
                .send(method, GATEWAY + "/echo?a=1&token=hush", BodyPublishers.ofString("hellö"), "text/plain")
                .is(200)
                .hasManners();

        assertThat(answer.text("method")).isEqualTo(method);
        assertThat(answer.text("query")).isEqualTo("a=1&token=***");
        assertThat(answer.text("body")).isEqualTo("hellö");
        assertThat(answer.get("headers").path("authorization").asText()).isEqualTo("***");
        assertThat(answer.get("headers").path("content-type").asText()).startsWith("text/plain");
        assertThat(answer.get("identity").path("user_id").asText())
                .isEqualTo(userPerson.id().toString());
        assertThat(answer.text("request_id"))
                .isEqualTo(answer.header("X-Request-Id").orElse("none"));
        assertThat(answer.text("session_id")).isEqualTo("s-1");
        assertThat(answer.body()).doesNotContain("hush");
        assertThat(answer.header("RateLimit-Policy").orElse("")).contains("gateway-user");
    }

    @Test
    void theEchoIsBoundedAndForThoseSignedIn() {
        user.send("POST", GATEWAY + "/echo", BodyPublishers.ofString("x".repeat(70_000)), "text/plain")
                .refused(413);
        space.anonymous().get(GATEWAY + "/echo").refused(401);
        user.call("PROPFIND", GATEWAY + "/echo").refused(405);
    }

    @Test
    void aRequestIsCarriedWithoutItsCallersCredentials() {
        route(upstream.url(), "request_headers", List.of(Map.of("name", "X-Set", "value", "yes")));

        Answer answer = user.with("X-Request-Id", "carried-1")
                .with("Cookie", "session=hush")
                .with("X-Forwarded-For", "192.0.2.9")
                .with("X-Forwarded-Proto", "gopher")
                .with("Forwarded", "for=6.6.6.6")
                .with("X-Kept", "1")
                .send(
                        "POST",
                        GATEWAY + prefix + "/told/a%20b?x=1&y=%2F",
                        BodyPublishers.ofString("hello"),
                        "text/plain")
                .is(200)
                .hasManners();

        assertThat(answer.body().lines().findFirst().orElse("")).isEqualTo("POST /base/told/a%20b?x=1&y=%2F");
        assertThat(answer.body())
                .endsWith("\n\nhello")
                .contains("X-kept: 1", "X-set: yes", "X-request-id: carried-1", "X-forwarded-for: 192.0.2.9")
                .contains("X-forwarded-proto: http", "X-forwarded-prefix: " + GATEWAY + prefix, "Traceparent: 00-")
                .doesNotContain("hush", "6.6.6.6", "gopher", user.token());
        assertThat(answer.header("X-Upstream")).contains("yes");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("X-Request-Id")).contains("carried-1");
        String token = answer.body()
                .lines()
                .filter(line -> line.startsWith("Authorization: Bearer "))
                .findFirst()
                .orElseThrow()
                .substring(22);
        JsonNode claims =
                Json.read(new String(Base64.getUrlDecoder().decode(token.split("\\.", 3)[1]), StandardCharsets.UTF_8));
        assertThat(claims.path("sub").asText()).isEqualTo(userPerson.id().toString());
        assertThat(claims.path("org_id").asText()).isEqualTo(org.toString());
        assertThat(claims.path("aud").asText()).isEqualTo(upstream.url().replace("/base", ""));
        space.anonymous().withToken(token).get("/api/auth/me").refused(401);
    }

    @ParameterizedTest
    @CsvSource({"GET", "HEAD", "PUT", "PATCH", "DELETE"})
    void everyMethodIsCarried(String method) {
        route(upstream.url());
        Answer answer = user.call(method, GATEWAY + prefix + "/told").is(200).hasManners();
        if (method.equals("HEAD")) {
            assertThat(answer.body()).isEmpty();
        } else {
            assertThat(answer.body()).startsWith(method + " /base/told");
        }
    }

    @Test
    void routesSayWhoMayWhat() {
        route(upstream.url(), "methods", List.of("GET", "HEAD"), "roles", List.of("admin"), "body_limit_bytes", 10);
        Answer answer = admin.call("DELETE", GATEWAY + prefix + "/told");
        answer.refused(405);
        assertThat(answer.header("Allow")).contains("GET, HEAD");
        user.get(GATEWAY + prefix + "/told").refused(403);
        admin.get(GATEWAY + prefix + "/told").is(200);
        admin.send("GET", GATEWAY + prefix + "/told", BodyPublishers.ofString("x".repeat(11)), "text/plain")
                .refused(413);
        admin.send(
                        "GET",
                        GATEWAY + prefix + "/told",
                        BodyPublishers.fromPublisher(BodyPublishers.ofString("x".repeat(100_000))),
                        "text/plain")
                .refused(413);
        space.anonymous().get(GATEWAY + prefix + "/told").refused(401);
        user.get(GATEWAY + prefix + "x/told").refused(404);
    }

    @Test
    void bodiesOfAnySizeFlowBothWays() throws Exception {
        route(upstream.url(), "body_limit_bytes", 120_000_000, "total_millis", 60_000);
        long before = upstream.received.get();
        byte[] part = new byte[1 << 20];
        Queue<byte[]> parts = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 100; i++) {
            parts.add(part);
        }
        HttpResponse<String> counted = CLIENT.send(
                request(user, "/count").POST(BodyPublishers.ofByteArrays(parts)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(counted.statusCode()).isEqualTo(200);
        assertThat(upstream.received.get() - before).isEqualTo(100L << 20);

        HttpResponse<InputStream> big =
                CLIENT.send(request(user, "/big").build(), HttpResponse.BodyHandlers.ofInputStream());
        long size = 0;
        try (InputStream in = big.body()) {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                size += n;
            }
        }
        assertThat(size).isEqualTo(512L << 20);
    }

    @Test
    void eventsArriveBeforeTheEnd() throws Exception {
        route(upstream.url());
        HttpResponse<InputStream> events =
                CLIENT.send(request(user, "/events").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = events.body()) {
            assertThat(new String(in.readNBytes(13), StandardCharsets.UTF_8)).isEqualTo("data: first\n\n");
            upstream.goOn.countDown();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("data: last\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reset", "/garbage"})
    void whoBreaksOffIsABadGateway(String path) {
        route(upstream.rudeUrl(), "retries", 0);
        assertThat(user.get(GATEWAY + prefix + path).refused(502))
                .contains(prefix)
                .doesNotContain("127.0.0.1");
    }

    /** A part must not pass for the whole. */
    @ParameterizedTest
    @ValueSource(strings = {"/lie", "/torn"})
    void whoStopsHalfWayIsNotBelieved(String path) {
        route(upstream.rudeUrl(), "retries", 0);
        assertThatThrownBy(() -> CLIENT.send(request(user, path).build(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whoHangsCostsItsOwnRouteOnly() {
        route(upstream.url(), "first_byte_millis", 300, "retries", 0, "concurrency", 2);
        assertThat(user.get(GATEWAY + prefix + "/hang").refused(504)).contains("300 ms");
        for (int i = 0; i < 4; i++) {
            assertThat(user.get(GATEWAY + prefix + "/hang").status()).isIn(503, 504);
        }
        Answer resting = user.get(GATEWAY + prefix + "/told");
        resting.refused(503);
        assertThat(resting.header("Retry-After")).isPresent();
        user.get("/api/auth/me").is(200);
    }

    @Test
    void whereNobodyMayLookNobodyIsFound() {
        route("http://nobody.invalid");
        user.get(GATEWAY + prefix + "/told").refused(502);
        assertThat(admin.post(
                                ROUTES,
                                "prefix",
                                prefix + "-meta",
                                "upstreams",
                                List.of(Map.of("url", "http://169.254.169.254/latest")))
                        .refused(400))
                .contains("SPACE_GATEWAY_NETWORKS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../told",
                "/%2e%2e/told",
                "/a%2ftold",
                "/a%5ctold",
                "/a%00",
                "//told",
                "/%252e%252e/told",
                "/..;/told"
            })
    void tricksWithPathsAreRefused(String path) {
        route(upstream.url());
        Answer answer = Wire.request(
                space, "GET " + GATEWAY + prefix + path, "Authorization: Bearer " + user.token(), "X-A: b");
        assertThat(answer.status()).as("%s", answer).isIn(400, 404);
        answer.leaksNothing();
    }

    @Test
    void whatTheGatewayDoesNotDoIsRefused() {
        admin.post(ROUTES, "prefix", prefix, "upstreams", List.of(Map.of("url", upstream.url())), "cache_seconds", 60)
                .refusedFor(400, "cache_seconds");
        admin.post(ROUTES, "prefix", "/echo", "upstreams", List.of(Map.of("url", upstream.url())))
                .refusedFor(400, "prefix");
        admin.post(ROUTES, "prefix", prefix + "/", "upstreams", List.of(Map.of("url", upstream.url())))
                .refusedFor(400, "prefix");
        user.post(ROUTES, "prefix", prefix, "upstreams", List.of(Map.of("url", upstream.url())))
                .refused(403);
    }

    /** Under load the route changes, and with it where its upstream is and what stands before its path. */
    @Test
    void changesOfRoutesFailNoRequest() throws Exception {
        String id = route(upstream.url());
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Caller caller = space.as(stage.fixtures().admin(org));
            Thread thread = new Thread(() -> {
                while (!enough.get()) {
                    try {
                        Answer answer = caller.get(GATEWAY + prefix + "/told");
                        if (answer.status() == 200) {
                            answered.incrementAndGet();
                        } else if (answer.status() != 429) {
                            wrong.add(answer.toString());
                        }
                    } catch (UncheckedIOException e) {
                        wrong.add(e.toString());
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (int i = 0; i < 100; i++) {
            admin.send(
                            "PUT",
                            ROUTES + "/" + id,
                            Json.object(
                                    "prefix",
                                    prefix,
                                    "upstreams",
                                    List.of(Map.of("url", upstream.url(), "weight", 1 + i % 5)),
                                    "total_millis",
                                    30_000 + i,
                                    "response_headers",
                                    List.of(Map.of("name", "X-Change", "value", "c" + i))))
                    .is(200);
        }
        Patience.within(
                SECOND, () -> assertThat(admin.get(GATEWAY + prefix + "/told").header("X-Change"))
                        .contains("c99"));
        enough.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
        assertThat(answered.get()).isGreaterThan(50);
        admin.call("DELETE", ROUTES + "/" + id).is(204);
        Patience.within(SECOND, () -> admin.get(GATEWAY + prefix + "/told").refused(404));
    }

    @Test
    void whatWasCarriedIsAudited() {
        route(upstream.url());
        String requestId = "audited-" + UUID.randomUUID();
        user.with("X-Request-Id", requestId)
                .send("POST", GATEWAY + prefix + "/told", "{}")
                .is(200);
        Patience.within(Duration.ofSeconds(10), () -> assertThat(
                        admin.get("/api/control-center/audit-events?request_id=" + requestId)
                                .is(200)
                                .body())
                .contains(prefix, "done"));
    }
}
