package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.configuration.Key;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    private static final String GENERATE = GATEWAY + "/llm/generate";
    private static final String MODELS = "/api/control-center/gateway/models";
    /** What takes effect within a second; a busy machine takes longer. */
    private static final Duration SECOND = Duration.ofSeconds(10);

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
        return admin.post(ROUTES, members.toArray()).is(201).text("id");
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
    void aRouteHasLimitsOfItsOwn() {
        Caller caller = space.as(stage.fixtures().user(org));
        route(
                upstream.url(),
                "methods",
                List.of("GET", "HEAD"),
                "limits",
                List.of(
                        Map.of("calls", 3, "seconds", 3600),
                        Map.of("calls", 1000, "seconds", 60, "per", "organization"),
                        Map.of("calls", 1000, "seconds", 60, "per", "route")));
        String mine = "\"route" + prefix + ":identity:3600\"";
        // What the route does not take is not counted by it.
        caller.call("DELETE", GATEWAY + prefix + "/told").refused(405);

        Answer first = caller.get(GATEWAY + prefix + "/told").is(200);
        assertThat(first.header("RateLimit-Policy"))
                .contains(("\"gateway-user\";q=100;w=60, %s;q=3;w=3600, \"route%s:organization:60\";q=1000;w=60,"
                                + " \"route%s:route:60\";q=1000;w=60")
                        .formatted(mine, prefix, prefix));
        assertThat(first.header("X-RateLimit-Limit")).contains("3");
        assertThat(first.header("X-RateLimit-Remaining")).contains("2");
        caller.get(GATEWAY + prefix + "/told").is(200);
        caller.get(GATEWAY + prefix + "/told").is(200);

        for (int i = 0; i < 2; i++) {
            Answer refused = caller.get(GATEWAY + prefix + "/told");
            assertThat(refused.refused(429)).contains("route" + prefix + ":identity:3600", "3 in 3600 seconds");
            assertThat(refused.header("RateLimit").orElseThrow()).contains("\"gateway-user\";r=96;", mine + ";r=0;");
            assertThat(refused.header("Retry-After")).isEqualTo(refused.header("X-RateLimit-Reset"));
        }
        // Others of the organization have theirs; other paths count against the caller's own limit alone.
        space.as(stage.fixtures().user(org)).get(GATEWAY + prefix + "/told").is(200);
        caller.get(GATEWAY + "/echo").is(200);
        admin.post(
                        ROUTES,
                        "prefix",
                        prefix + "/x",
                        "upstreams",
                        List.of(Map.of("url", upstream.url())),
                        "limits",
                        List.of(Map.of("calls", 0, "seconds", 60)))
                .refused(400);
        admin.post(
                        ROUTES,
                        "prefix",
                        prefix + "/x",
                        "upstreams",
                        List.of(Map.of("url", upstream.url())),
                        "limits",
                        List.of(
                                Map.of("calls", 1, "seconds", 60),
                                Map.of("calls", 2, "seconds", 60, "per", "identity")))
                .refused(400);
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
        Answer answer = user.get(GATEWAY + prefix + path);
        assertThat(answer.refused(502)).contains(prefix).doesNotContain("127.0.0.1");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    /** A part must not pass for the whole. */
    @ParameterizedTest
    @ValueSource(strings = {"/lie", "/torn"})
    void whoStopsHalfWayIsNotBelieved(String path) {
        route(upstream.rudeUrl(), "retries", 0);
        assertThatThrownBy(() -> CLIENT.send(request(user, path).build(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    /** Also when the upstream breaks off before the server lets the gateway write, as on a busy machine. */
    @ParameterizedTest
    @ValueSource(strings = {"/lie", "/torn"})
    void ofManyAtOnceNoneIsBelieved(String path) {
        // Each upstream has a circuit breaker of its own, which leaves it alone after five failures.
        List<Map<String, String>> upstreams = IntStream.range(0, 16)
                .mapToObj(one -> Map.of("url", upstream.rudeUrl() + "/" + one))
                .toList();
        admin.post(ROUTES, "prefix", prefix, "upstreams", upstreams, "retries", 0)
                .is(201);
        Caller many = space.as(stage.fixtures().admin(org));
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 64)
                .mapToObj(one -> CLIENT.sendAsync(request(many, path).build(), HttpResponse.BodyHandlers.ofString()))
                .toList();
        int torn = 0;
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            try {
                assertThat(answer.join().statusCode()).isEqualTo(503);
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(IOException.class);
                torn++;
            }
        }
        assertThat(torn).isGreaterThanOrEqualTo(16);
    }

    @Test
    void cachingIsTheUpstreamsAffair() {
        route(upstream.url());
        assertThat(user.get(GATEWAY + prefix + "/told").is(200).header("Cache-Control"))
                .isEmpty();
        assertThat(user.get(GATEWAY + prefix + "/told").header("X-Content-Type-Options"))
                .contains("nosniff");
        Answer refused = user.get(GATEWAY + "/nowhere");
        refused.refused(404);
        assertThat(refused.header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"204", "304"})
    void whatHasNoBodyHasNoEndOfIt(String status) throws Exception {
        route(upstream.url());
        for (String method : List.of("HEAD", "GET")) {
            HttpResponse<String> answer = CLIENT.send(
                    request(user, "/empty/" + status)
                            .method(method, BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).hasToString(status);
            assertThat(answer.headers().firstValue("Transfer-Encoding")).isEmpty();
        }
    }

    @Test
    void optionsNamesTheMethodsOfTheRoute() {
        route(upstream.url(), "methods", List.of("GET", "PUT"));
        String path = GATEWAY + prefix + "/told";
        assertThat(user.call("OPTIONS", path).is(204).header("Allow")).contains("GET, OPTIONS, PUT");
        // Existing routes are not disclosed to unauthenticated callers.
        assertThat(space.anonymous().call("OPTIONS", path).is(204).header("Allow"))
                .isEqualTo(space.anonymous()
                        .call("OPTIONS", GATEWAY + "/nowhere")
                        .is(204)
                        .header("Allow"));
        user.call("OPTIONS", GATEWAY + "/nowhere").refused(404);
    }

    @Test
    void whoHangsCostsItsOwnRouteOnly() {
        route(upstream.url(), "first_byte_millis", 300, "retries", 0, "concurrency", 2);
        assertThat(user.get(GATEWAY + prefix + "/hang").refused(504)).contains("300 ms");
        // It is left alone for two seconds, in which a busy machine may not get to the last request.
        Patience.within(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 5; i++) {
                assertThat(user.get(GATEWAY + prefix + "/hang").status()).isIn(503, 504);
            }
            Answer resting = user.get(GATEWAY + prefix + "/told");
            resting.refused(503);
            assertThat(resting.header("Retry-After")).isPresent();
        });
        user.get("/api/auth/me").is(200);
    }

    @Test
    void whoFailsItsChecksIsLeftAlone() {
        String id = route(
                upstream.url(), "health", Map.of("path", "/nowhere", "interval_seconds", 1, "timeout_millis", 5_000));
        String view = ROUTES + "/" + id + "/upstreams";
        Patience.within(Duration.ofSeconds(30), () -> {
            JsonNode seen = admin.get(view).is(200).json().path(0);
            assertThat(seen.path("health").asText()).isEqualTo("down");
            assertThat(seen.path("fault").asText()).contains("404");
        });
        user.get(GATEWAY + prefix + "/told").refused(503);
        user.get(view).refused(403);
        admin.send(
                        "PUT",
                        ROUTES + "/" + id,
                        Json.object(
                                "prefix",
                                prefix,
                                "upstreams",
                                List.of(Map.of("url", upstream.url())),
                                "health",
                                Map.of("path", "/base/told", "interval_seconds", 1)))
                .is(200);
        Patience.within(Duration.ofSeconds(20), () -> user.get(GATEWAY + prefix + "/told")
                .is(200));
        admin.post(
                        ROUTES,
                        "prefix",
                        prefix + "-no",
                        "upstreams",
                        List.of(Map.of("url", upstream.url())),
                        "health",
                        Map.of("path", "http://example.org/"))
                .refusedFor(400, "health.path");
        admin.get(ROUTES + "/" + UUID.randomUUID() + "/upstreams").refused(404);
    }

    @Test
    void anUpstreamMaySpeakHttp2() {
        // The auth service supports gRPC only, and answers other requests with an error.
        Map<String, Object> auth = Map.of(
                "url", "http://127.0.0.1:" + stage.instance().configuration().get(Key.GRPC_PORT));
        String id = route((String) auth.get("url"));
        user.get(GATEWAY + prefix + "/told").refused(502);
        Map<String, Object> http2 = new HashMap<>(auth);
        http2.put("protocol", "h2");
        admin.send("PUT", ROUTES + "/" + id, Json.object("prefix", prefix, "upstreams", List.of(http2)))
                .is(200);
        assertThat(user.get(GATEWAY + prefix + "/told").status()).isBetween(400, 499);
        http2.put("protocol", "h3");
        admin.post(ROUTES, "prefix", prefix + "-no", "upstreams", List.of(http2))
                .refusedFor(400, "upstreams[0].protocol");
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

    /** A model that can be asked. */
    private String model(String url, Object... more) {
        String name = "m" + prefix.substring(1);
        List<Object> members =
                new ArrayList<>(List.of("name", name, "base_url", url, "upstream_model", "x", "api_key", "sk-test"));
        members.addAll(List.of(more));
        Answer made = admin.post(MODELS, members.toArray()).is(201).hasManners();
        assertThat(made.body()).doesNotContain("sk-test");
        assertThat(made.get("has_api_key").asBoolean()).isTrue();
        return name;
    }

    @Test
    void withoutModelsItIsSaidWhatToDo() {
        assertThat(admin.get(MODELS).is(200).json()).isEmpty();
        assertThat(user.post(GENERATE, "model", "local-llama-3-8b", "prompt", "hello", "temperature", 0.7)
                        .refused(501))
                .contains("/api/control-center/gateway/models");
        user.post(GENERATE, "prompt", "hello").refusedFor(400, "model");
        space.anonymous().post(GENERATE, "model", "x", "prompt", "hello").refused(401);
        user.get(GENERATE).refused(405);
        user.get(MODELS).refused(403);
    }

    @Test
    void aParameterThatGenerateDoesNotHaveIsRefused() {
        assertThat(user.post(GENERATE + "?strem=true", "model", "any", "prompt", "hello")
                        .refused(400))
                .contains("strem");
    }

    @Test
    void aModelAnswersAtOnceOrAsItWrites() throws Exception {
        String name = model(
                upstream.url(), "price", Map.of("input_per_million", 1, "output_per_million", 2, "currency", "USD"));
        try {
            Answer answer = user.with("X-Request-Id", "generated" + prefix.substring(1))
                    .post(GENERATE, "model", name, "prompt", "hello", "temperature", 0.7)
                    .is(200)
                    .hasManners();
            assertThat(answer.text("result")).isEqualTo("You said hello");
            assertThat(answer.text("model")).isEqualTo(name);
            assertThat(answer.text("finish_reason")).isEqualTo("stop");
            assertThat(answer.get("usage").toString()).isEqualTo("{\"input_tokens\":4,\"output_tokens\":3}");
            assertThat(answer.header("RateLimit-Policy").orElse("")).contains("gateway-user");

            HttpResponse<String> streamed = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(space.base() + GENERATE))
                            .timeout(Duration.ofSeconds(60))
                            .header("Authorization", "Bearer " + user.token())
                            .header("Content-Type", "application/json")
                            .header("Accept", "text/event-stream")
                            .POST(BodyPublishers.ofString(
                                    "{\"model\": \"%s\", \"prompt\": \"hello\", \"stream\": true}".formatted(name)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(streamed.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(streamed.body())
                    .isEqualTo("event: delta\ndata: {\"text\":\"You said \"}\n\n"
                            + "event: delta\ndata: {\"text\":\"hello\"}\n\n"
                            + "event: done\ndata: {\"model\":\"%s\",\"finish_reason\":\"stop\",\"usage\":{\"input_tokens\":4,\"output_tokens\":3}}\n\n"
                                    .formatted(name));

            Patience.within(Duration.ofSeconds(20), () -> assertThat(
                            admin.get("/api/control-center/events?type=generation_ended")
                                    .is(200)
                                    .get("items"))
                    .filteredOn(event -> event.toString().contains(name))
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event.toString())
                            .contains("\"input_tokens\":4", "\"cost\":0.00001")
                            .doesNotContain("hello")));
            // The answer comes before its explanation.
            Patience.within(Duration.ofSeconds(20), () -> {
                JsonNode call = admin.get("/api/control-center/requests/generated" + prefix.substring(1))
                        .is(200)
                        .json()
                        .at("/calls/0");
                assertThat(call.at("/upstreams/0/outcome").asText()).isEqualTo("worked");
                assertThat(call.path("gateway_route").asText()).isEqualTo("/llm/generate");
            });
        } finally {
            admin.call("DELETE", MODELS + "/" + name).is(204);
        }
    }

    @Test
    void anOrganizationsTokensAreCounted() {
        String name = model(upstream.url());
        UUID small = stage.fixtures().organization();
        String limits = "/management/v1/organizations/" + small + "/rate-limits";
        space.as(stage.fixtures().admin(small))
                .send("PATCH", limits, "{\"model_tokens_per_day\": 7}")
                .is(200);
        Caller theirs = space.as(stage.fixtures().user(small));
        try {
            theirs.post(GENERATE, "model", name, "prompt", "hello").is(200);
            Patience.within(SECOND, () -> assertThat(theirs.post(GENERATE, "model", name, "prompt", "hello")
                            .refused(429))
                    .contains("organization-model-tokens"));
            user.post(GENERATE, "model", name, "prompt", "hello").is(200);
        } finally {
            admin.call("DELETE", MODELS + "/" + name).is(204);
        }
    }

    @Test
    void tokensOfACallerWhoLeavesAreCounted() {
        String name = model(upstream.url());
        UUID small = stage.fixtures().organization();
        // More than the calls below use that look whether any are left.
        space.as(stage.fixtures().admin(small))
                .send(
                        "PATCH",
                        "/management/v1/organizations/" + small + "/rate-limits",
                        "{\"model_tokens_per_day\": 2000}")
                .is(200);
        Caller theirs = space.as(stage.fixtures().user(small));
        String prompt = "endlessly " + "x".repeat(10_000);
        try {
            try (Stream<String> left = theirs.with("Content-Type", "application/json")
                    .listen(
                            "POST",
                            GENERATE,
                            BodyPublishers.ofString(Json.object("model", name, "prompt", prompt, "stream", true)))
                    .body()) {
                assertThat(left.iterator().next()).isEqualTo("event: delta");
            }
            Patience.within(
                    Duration.ofSeconds(12), () -> assertThat(theirs.post(GENERATE, "model", name, "prompt", "hello")
                                    .refused(429))
                            .contains("organization-model-tokens"));
        } finally {
            admin.call("DELETE", MODELS + "/" + name).is(204);
        }
    }

    @Test
    void aModelIsAskedNoMoreOftenThanItMayBe() {
        String name = model(upstream.url(), "requests_per_minute", 1);
        try {
            user.post(GENERATE, "model", name, "prompt", "hello").is(200);
            Answer busy = user.post(GENERATE, "model", name, "prompt", "hello");
            busy.refused(429);
            assertThat(busy.header("Retry-After")).isPresent();
        } finally {
            admin.call("DELETE", MODELS + "/" + name).is(204);
        }
    }

    @Test
    void aModelWhoseServerBreaksOffIsABadGateway() {
        String name = model(upstream.rudeUrl());
        try {
            assertThat(user.post(GENERATE, "model", name, "prompt", "hello").refused(502))
                    .contains(name)
                    .doesNotContain("127.0.0.1");
        } finally {
            admin.call("DELETE", MODELS + "/" + name).is(204);
        }
    }

    @Test
    void whatTheGatewayDoesNotDoIsRefused() {
        admin.post(
                        ROUTES,
                        "prefix",
                        prefix,
                        "upstreams",
                        List.of(Map.of("url", upstream.url())),
                        "cache_seconds",
                        86_401)
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
        assertThat(admin.get(GATEWAY + prefix + "/told").header("X-Change")).contains("c99");
        enough.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
        assertThat(answered.get()).isGreaterThan(50);
        admin.call("DELETE", ROUTES + "/" + id).is(204);
        admin.get(GATEWAY + prefix + "/told").refused(404);
    }

    @Test
    void answersThatAreForAllAreKeptWithinAnOrganization() {
        route(
                upstream.url(),
                "cache_seconds",
                60,
                "response_headers",
                List.of(Map.of("name", "Cache-Control", "value", "public, max-age=60")));
        String path = GATEWAY + prefix + "/now?x=1";
        String first = user.get(path).is(200).hasManners().body();
        // It is kept soon after it was given.
        String[] kept = new String[1];
        Patience.within(Duration.ofSeconds(20), () -> {
            Answer hit = user.get(path).is(200);
            assertThat(hit.header("Cache-Status").orElse("")).startsWith("the-space; hit; ttl=");
            kept[0] = hit.body();
        });
        String requestId = "kept-" + UUID.randomUUID();
        Answer again = admin.with("X-Request-Id", requestId).get(path).is(200).hasManners();
        assertThat(again.body()).isEqualTo(kept[0]);
        assertThat(again.header("Age")).isPresent();
        assertThat(again.header("X-Request-Id")).contains(requestId);
        Patience.within(Duration.ofSeconds(20), () -> assertThat(admin.get("/api/control-center/requests/" + requestId)
                        .is(200)
                        .body())
                .contains("\"cache\":\"hit\""));
        assertThat(user.call("HEAD", path).is(200).header("Cache-Status").orElse(""))
                .contains("hit");
        assertThat(user.with("If-None-Match", "*").get(path).status()).isEqualTo(304);
        assertThat(user.with("Cache-Control", "no-cache").get(path).is(200).header("Cache-Status"))
                .contains("the-space; fwd=request; fwd-status=200; stored");
        UUID elsewhere = stage.fixtures().organization();
        Caller stranger = space.as(stage.fixtures().user(elsewhere));
        assertThat(stranger.get(path).is(200).header("Cache-Status").orElse("")).contains("miss");
        assertThat(user.with("Cache-Control", "only-if-cached")
                        .get(GATEWAY + prefix + "/now?x=2")
                        .refused(504))
                .contains("only-if-cached");
        space.anonymous().get(path).refused(401);

        user.send("POST", path, "{}").is(200);
        assertThat(user.get(path).is(200).body()).isNotIn(first, kept[0]);
    }

    @Test
    void answersThatAreForOneAreNotKept() {
        route(upstream.url(), "cache_seconds", 60);
        String path = GATEWAY + prefix + "/now";
        Answer first = user.get(path).is(200);
        assertThat(first.header("Cache-Status")).contains("the-space; fwd=uri-miss; fwd-status=200");
        assertThat(user.get(path).is(200).body()).isNotEqualTo(first.body());
    }

    @Test
    void whatWasCarriedIsAudited() {
        route(upstream.url());
        String requestId = "audited-" + UUID.randomUUID();
        user.with("X-Request-Id", requestId)
                .send("POST", GATEWAY + prefix + "/told", "{}")
                .is(200);
        Patience.within(Duration.ofSeconds(30), () -> assertThat(
                        admin.get("/api/control-center/audit-events?request_id=" + requestId)
                                .is(200)
                                .body())
                .contains(prefix, "done"));
    }
}
