package io.thespace.gateway.servlet;

import io.thespace.endpoint.Family;
import io.thespace.endpoint.Mount;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.Routes;
import io.thespace.gateway.EchoView;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.generation.FinishReason;
import io.thespace.gateway.generation.GenerateRequest;
import io.thespace.gateway.generation.GenerationView;
import io.thespace.gateway.model.ModelUsage;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The endpoints of {@link GatewayServlet}: all below {@code /api/v1/gateway} but the plugins' actions. */
@ApplicationScoped
public class GatewayEndpoints {

    /** The heading of these endpoints and of the routes' in the documentation. */
    private static final String GROUP = "Gateway routes";

    private static final String ECHO = "/v1/gateway/echo";
    private static final String GENERATE = "/v1/gateway/llm/generate";
    private static final String ANY = "/v1/gateway/{path}";

    private final Map<String, Map<Method, Route>> byPath = new HashMap<>();

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
            new GenerationView("The sea is vast...", "local-llama-3-8b", FinishReason.STOP, new ModelUsage(12L, 87L));

    private static final GatewayError[] GENERATE_REFUSALS = {
        GatewayError.PROVIDER_NOT_CONFIGURED,
        GatewayError.MODEL_UNKNOWN,
        GatewayError.TOKENS_USED_UP,
        GatewayError.ROLE_NOT_ROUTED,
        GatewayError.PARAMETER_NOT_TAKEN,
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

    /** Puts the endpoints into the table. */
    public void addTo(Routes routes) {
        routes.add(Mount.of(GROUP), Family.PLATFORM.prefix(), declared());
        for (Route route : routes.of(GROUP)) {
            byPath.computeIfAbsent(route.path(), path -> new EnumMap<>(Method.class))
                    .put(route.endpoint().method(), route);
        }
    }

    /** The endpoints at a path, by method: those of the platform itself, or the one for every other path. */
    Map<Method, Route> at(String path) {
        Map<Method, Route> own = byPath.get(path);
        return own == null ? byPath.get(Family.PLATFORM.prefix() + ANY) : own;
    }

    private static List<Endpoint<?>> declared() {
        List<Endpoint<?>> endpoints = new ArrayList<>();
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

    private static Endpoint<Void> echo(Endpoint.Builder<Void> echo) {
        return echo.summary("Show what the platform makes of a request")
                .description(
                        "Returns method, path, query, headers, body and identity as the platform received them, to debug"
                                + " clients and proxies. Secrets are masked; the body may have any type and at most 64 KiB.")
                .role(Role.GUEST)
                .limit(LimitClass.GATEWAY)
                .ownTransactions()
                .answers(EchoView.class, ECHOED)
                .refuses(GatewayError.BODY_TOO_LARGE)
                // For a probe; the servlet adds what only HTTP has.
                .handler(call -> EchoView.of(call.actor(), "GET", "/api" + ECHO));
    }

    private static Endpoint<GenerateRequest> generate() {
        return Endpoint.post(GENERATE)
                .body(GenerateRequest.class, QUESTION)
                .summary("Generate text with a language model")
                .description(
                        "The model is one of those that administrators add; when it fails, its fallback is used, and"
                                + " `model` in the response names the one that generated the text. With `stream` the response is `text/event-stream`:"
                                + " events `delta` with `{\"text\"}` as it is generated, and at the end `done` with `{\"model\","
                                + " \"finish_reason\", \"usage\"}`, or `error` with `{\"error\", \"request_id\"}`.")
                .role(Role.GUEST)
                .limit(LimitClass.GATEWAY)
                .ownTransactions()
                .answers(GenerationView.class, POEM)
                .refuses(GENERATE_REFUSALS)
                .streamed();
    }

    private static Endpoint<Void> carried(Endpoint.Builder<Void> carried) {
        return carried.summary("Call an upstream through the gateway")
                .description(
                        "Forwards the request to an upstream of the route with the longest matching prefix and returns the"
                                + " upstream's response with its status; both bodies are streamed. The caller's credentials and"
                                + " cookies are not forwarded: the upstream gets a token of the platform with itself as the"
                                + " audience, which the keys of `/api/auth/jwks` verify.")
                .tail("path", "The route's prefix and what lies behind it.", null)
                .role(Role.GUEST)
                .limit(LimitClass.GATEWAY)
                .ownTransactions()
                .answersContent("*/*")
                .refuses(REFUSALS)
                .streamed();
    }
}
