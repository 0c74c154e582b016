package io.thespace.gateway.rest;

import io.thespace.endpoint.Resource;
import io.thespace.gateway.EchoView;
import io.thespace.gateway.Gateway;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.GatewayRoutes;
import io.thespace.gateway.GenerateRequest;
import io.thespace.gateway.GenerationView;
import io.thespace.gateway.HeaderRule;
import io.thespace.gateway.HealthOrder;
import io.thespace.gateway.ModelUsage;
import io.thespace.gateway.RouteLimit;
import io.thespace.gateway.RouteOrder;
import io.thespace.gateway.RouteView;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.gateway.UpstreamView;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /api/control-center/gateway/routes}, and what lies below {@code /api/v1/gateway} beside the plugins' actions. */
@ApplicationScoped
class GatewayResource implements Resource {

    private static final String ECHO = "/v1/gateway/echo";
    private static final String ANY = "/v1/gateway/{path}";
    private static final String ROUTES = "/control-center/gateway/routes";
    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");

    private static final List<UpstreamOrder> UPSTREAMS = List.of(
            new UpstreamOrder("https://weather-1.example.org/v2", 3, "http/1.1"),
            new UpstreamOrder("https://weather-2.example.org/v2", 1, "h2"));

    private static final List<HeaderRule> REQUEST_HEADERS =
            List.of(new HeaderRule("X-Client", "the-space"), new HeaderRule("X-Debug", null));

    private static final List<RouteLimit> LIMITS =
            List.of(new RouteLimit(100, 60, "identity"), new RouteLimit(5_000, 60, "route"));
    private static final HealthOrder HEALTH = new HealthOrder("/health", 10, 2_000);

    private static final RouteOrder ORDER = new RouteOrder(
            "/weather",
            UPSTREAMS,
            HEALTH,
            List.of("GET", "HEAD"),
            List.of("user"),
            1_000,
            5_000,
            30_000,
            2,
            60,
            1_048_576L,
            64,
            REQUEST_HEADERS,
            List.of(),
            LIMITS);

    private static final RouteView ROUTE = new RouteView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f"),
            "/weather",
            UPSTREAMS,
            HEALTH,
            List.of("GET", "HEAD"),
            List.of("user"),
            1_000,
            5_000,
            30_000,
            2,
            60,
            1_048_576L,
            64,
            REQUEST_HEADERS,
            List.of(),
            LIMITS,
            CREATED,
            CREATED);

    private static final EchoView ECHOED = new EchoView(
            "POST",
            "/api/v1/gateway/echo",
            "a=1",
            Map.of("authorization", "***", "content-type", "text/plain"),
            "hello",
            null,
            new EchoView.Identity(
                    UUID.fromString("0192bda5-0000-7000-8000-000000000002"),
                    UUID.fromString("0192bda5-0000-7000-8000-000000000001"),
                    "user"),
            "019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f",
            null);

    private static final GatewayError[] REFUSALS = {
        GatewayError.INVALID_PATH,
        GatewayError.INVALID_HEADER,
        GatewayError.NO_ROUTE,
        GatewayError.METHOD_NOT_ROUTED,
        GatewayError.ROLE_NOT_ROUTED,
        GatewayError.BODY_TOO_LARGE,
        GatewayError.NOT_CACHED,
        GatewayError.UPSTREAM_RESTING,
        GatewayError.UPSTREAM_FULL,
        GatewayError.UPSTREAM_UNREACHABLE,
        GatewayError.UPSTREAM_BROKEN,
        GatewayError.UPSTREAM_TIMEOUT
    };

    private static final GenerateRequest QUESTION = new GenerateRequest(
            "Write a poem about the sea.", "local-llama-3-8b", new BigDecimal("0.7"), 200, null, null);

    private static final GenerationView POEM =
            new GenerationView("The sea is vast...", "local-llama-3-8b", new ModelUsage(12L, 87L));

    private static final GatewayError[] GENERATE_REFUSALS = {
        GatewayError.PROVIDER_NOT_CONFIGURED,
        GatewayError.MODEL_UNKNOWN,
        GatewayError.TOKENS_USED_UP,
        GatewayError.ROLE_NOT_ROUTED,
        GatewayError.TOO_MANY_TOKENS,
        GatewayError.MODEL_SEALED,
        GatewayError.MODEL_BUSY,
        GatewayError.UPSTREAM_RESTING,
        GatewayError.UPSTREAM_FULL,
        GatewayError.UPSTREAM_UNREACHABLE,
        GatewayError.UPSTREAM_BROKEN,
        GatewayError.UPSTREAM_TIMEOUT,
        GatewayError.MODEL_REFUSED,
        GatewayError.PROVIDER_UNAVAILABLE
    };

    @Inject
    GatewayRoutes routes;

    @Inject
    Gateway gateway;

    @Override
    public String group() {
        return "Gateway routes";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        List<Endpoint<?>> endpoints = new ArrayList<>(routes());
        for (Endpoint.Builder<Void> echo : List.of(
                Endpoint.get(ECHO),
                Endpoint.post(ECHO),
                Endpoint.put(ECHO),
                Endpoint.patch(ECHO),
                Endpoint.delete(ECHO))) {
            endpoints.add(echo(echo));
        }
        for (Endpoint.Builder<Void> carried : List.of(
                Endpoint.get(ANY), Endpoint.post(ANY), Endpoint.put(ANY), Endpoint.patch(ANY), Endpoint.delete(ANY))) {
            endpoints.add(carried(carried));
        }
        endpoints.add(generate());
        return endpoints;
    }

    private List<Endpoint<?>> routes() {
        return List.of(
                Endpoint.get(ROUTES)
                        .summary("List the gateway's routes")
                        .description("By prefix, each with every member as it is in force.")
                        .role(Role.ADMIN)
                        .answersPage(RouteView.class, ROUTE)
                        .handler(call -> routes.list(call.actor(), call.page())),
                Endpoint.post(ROUTES)
                        .body(RouteOrder.class, ORDER)
                        .summary("Add a route to the gateway")
                        .description(
                                "It is in force on every node within a second. Of all prefixes that whole segments of a"
                                        + " path begin with the longest wins; the upstream's path takes its place. Only `prefix`"
                                        + " and `upstreams` are needed.")
                        .role(Role.ADMIN)
                        .idempotent()
                        .creates(RouteView.class, ROUTE)
                        .refuses(GatewayError.INVALID_ROUTE, GatewayError.PREFIX_TAKEN, GatewayError.TOO_MANY_ROUTES)
                        .handler(call -> routes.create(call.actor(), call.body())),
                Endpoint.get(ROUTES + "/{id}")
                        .summary("Get a route of the gateway")
                        .description("One route, with every member as it is in force.")
                        .path("id", UUID.class, "The route.")
                        .role(Role.ADMIN)
                        .answers(RouteView.class, ROUTE)
                        .refuses(GatewayError.ROUTE_NOT_FOUND)
                        .handler(call -> routes.find(call.actor(), call.path("id", UUID.class))),
                Endpoint.get(ROUTES + "/{id}/upstreams")
                        .summary("See how the upstreams of a route do")
                        .description(
                                "As the node that answers sees it: each node checks them, counts failures and requests"
                                        + " under way by itself.")
                        .path("id", UUID.class, "The route.")
                        .role(Role.ADMIN)
                        .answersList(
                                UpstreamView.class,
                                new UpstreamView(
                                        "https://weather-1.example.org/v2",
                                        3,
                                        "down",
                                        CREATED,
                                        "it answered with the status 503",
                                        7_250,
                                        0))
                        .refuses(GatewayError.ROUTE_NOT_FOUND)
                        .handler(call -> gateway.upstreams(routes.find(call.actor(), call.path("id", UUID.class)))),
                Endpoint.put(ROUTES + "/{id}")
                        .body(RouteOrder.class, ORDER)
                        .summary("Change a route of the gateway")
                        .description(
                                "What is left out gets its usual value again. Requests under way end by the route as it"
                                        + " was; those that come later than a second meet it as it is now, on every node, and"
                                        + " none fails for the change.")
                        .path("id", UUID.class, "The route.")
                        .role(Role.ADMIN)
                        .answers(RouteView.class, ROUTE)
                        .refuses(GatewayError.INVALID_ROUTE, GatewayError.ROUTE_NOT_FOUND, GatewayError.PREFIX_TAKEN)
                        .handler(call -> routes.change(call.actor(), call.path("id", UUID.class), call.body())),
                Endpoint.delete(ROUTES + "/{id}")
                        .summary("Delete a route of the gateway")
                        .description("Requests under way end as if it were still there.")
                        .path("id", UUID.class, "The route.")
                        .role(Role.ADMIN)
                        .refuses(GatewayError.ROUTE_NOT_FOUND)
                        .handler(call -> {
                            routes.delete(call.actor(), call.path("id", UUID.class));
                            return null;
                        }));
    }

    private static Endpoint<Void> echo(Endpoint.Builder<Void> echo) {
        return echo.summary("Show what the platform makes of a request")
                .description(
                        "Method, path, query, headers, body and identity, as they arrive here: for those who build a"
                                + " client or put a proxy before the platform. Secrets are masked; the body may have 64 KiB and be"
                                + " of any type.")
                .role(Role.GUEST)
                .limit(LimitClass.GATEWAY)
                .ownTransactions()
                .answers(EchoView.class, ECHOED)
                .refuses(GatewayError.BODY_TOO_LARGE)
                // What a protocol knows beyond this its adapter adds.
                .handler(call -> EchoView.of(call.actor(), "GET", "/api" + ECHO));
    }

    private static Endpoint<GenerateRequest> generate() {
        return Endpoint.post("/v1/gateway/llm/generate")
                .body(GenerateRequest.class, QUESTION)
                .summary("Let a language model go on from a text")
                .description(
                        "The model is one of those that administrators add; when it fails, the one that takes its place is"
                                + " asked, and `model` tells which one wrote. With `stream` the answer is `text/event-stream`:"
                                + " events `delta` with `{\"text\"}` as it is written, and at the end `done` with `{\"model\","
                                + " \"usage\"}`, or `error` with `{\"error\", \"request_id\"}`.")
                .role(Role.GUEST)
                .limit(LimitClass.GATEWAY)
                .ownTransactions()
                .answers(GenerationView.class, POEM)
                .refuses(GENERATE_REFUSALS)
                // The wire asks by itself, so that nobody's thread waits for a model.
                .handler(call -> {
                    throw new Rejection(GatewayError.PROVIDER_NOT_CONFIGURED, "Models are asked over HTTP.");
                });
    }

    private static Endpoint<Void> carried(Endpoint.Builder<Void> carried) {
        return carried.summary("Call an upstream through the gateway")
                .description(
                        "The request goes to an upstream of the route with the longest prefix that the path begins with,"
                                + " and the upstream's answer comes back, its status included, both as they flow. The caller's"
                                + " credentials and cookies stay here: the upstream gets a token of the platform's for itself"
                                + " alone, which `/api/auth/jwks` verifies.")
                .tail("path", "The route's prefix and what lies behind it.", null)
                .role(Role.GUEST)
                .limit(LimitClass.GATEWAY)
                .ownTransactions()
                .answersContent("*/*")
                .refuses(REFUSALS)
                // The wire carries it by itself; who comes by any other way finds no route.
                .handler(call -> {
                    throw new Rejection(GatewayError.NO_ROUTE, "The gateway has no route to this path.");
                });
    }
}
