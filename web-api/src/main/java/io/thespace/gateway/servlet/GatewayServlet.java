package io.thespace.gateway.servlet;

import io.thespace.endpoint.CallContext;
import io.thespace.endpoint.Failures;
import io.thespace.endpoint.Pipeline;
import io.thespace.endpoint.Request;
import io.thespace.endpoint.Route;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.forward.Carriage;
import io.thespace.gateway.forward.GatewayPath;
import io.thespace.gateway.forward.GatewayRequest;
import io.thespace.gateway.forward.LiveRoute;
import io.thespace.gateway.generation.GenerateRequest;
import io.thespace.gateway.live.Gateway;
import io.thespace.log.Log;
import io.thespace.metrics.Meters;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Rejection;
import io.thespace.request.RequestLog;
import io.thespace.wire.AllowedMethods;
import io.thespace.wire.Callers;
import io.thespace.wire.Exchange;
import io.thespace.wire.JsonBody;
import io.thespace.wire.PayaraListener;
import io.thespace.wire.Query;
import io.thespace.wire.Streamed;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Forwards requests below {@code /api/v1/gateway}, except the plugins' actions: authenticates the caller, passes the
 * request to the {@link Gateway}, and releases its thread. Bodies are streamed in both directions with back pressure.
 */
@WebServlet(urlPatterns = Streamed.ROOT + "/*", loadOnStartup = 1, asyncSupported = true)
public class GatewayServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    static final String ROOT = Streamed.ROOT;

    private static final String GENERATE = Streamed.GENERATE;

    /** The characters of a query (RFC 3986, section 3.4), and those that browsers do not encode in one. */
    private static final Pattern QUERY = Pattern.compile("[!$-;=?-_a-~]{0,8192}");

    @Inject
    private transient GatewayEndpoints endpoints;

    @Inject
    private transient Pipeline pipeline;

    @Inject
    private transient Callers callers;

    @Inject
    private transient Gateway gateway;

    @Inject
    private transient Meters meters;

    @Inject
    private transient RequestLog requests;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute(BodyOutflow.TORN) != null) {
            request.startAsync().setTimeout(1);
            return;
        }
        Exchange exchange = Exchange.of(request, response);
        try {
            boolean echo = request.getRequestURI().equals(Echo.PATH);
            boolean generate = request.getRequestURI().equals(GENERATE);
            Route declared = AllowedMethods.route(request.getMethod(), endpoints.at(request.getRequestURI()), response);
            if (declared == null) {
                if (!echo && !generate && request.getHeader("Authorization") != null) {
                    response.setHeader("Allow", methods(exchange, request));
                }
                response.setStatus(204);
                return;
            }
            exchange.record().routed(declared);
            Actor actor = callers.caller(exchange);
            exchange.admitting(call(declared, actor, Map.of()));
            pipeline.admit(declared.endpoint(), actor);
            Aim aim = null;
            Rejection astray = null;
            if (!echo && !generate) {
                try {
                    aim = aim(exchange, request, response, declared, actor);
                } catch (Rejection rejection) {
                    // It counts against the caller's limits like any other, but against no route's.
                    astray = rejection;
                }
            }
            pipeline.limit(
                    declared.endpoint(),
                    actor,
                    aim == null ? List.of() : aim.route().limits(actor),
                    exchange::allowed);
            if (astray != null) {
                throw astray;
            }
            exchange.record().letIn();
            if (echo) {
                Echo.answer(request, response, actor);
            } else if (generate) {
                generate(exchange, request, response, declared, actor);
            } else {
                carry(exchange, request, response, actor, aim);
            }
        } catch (Rejection rejection) {
            exchange.turnedAway(pipeline, rejection);
            exchange.refuse(rejection);
        }
    }

    /** The methods of the route to a path, for an authenticated caller: the existing routes are not public. */
    private String methods(Exchange exchange, HttpServletRequest request) {
        Endpoint<?> declared =
                endpoints.at(request.getRequestURI()).get(Method.GET).endpoint();
        Actor actor = callers.caller(exchange);
        pipeline.admit(declared, actor);
        pipeline.limit(declared, actor, List.of(), exchange::allowed);
        LiveRoute route = route(GatewayPath.read(request.getRequestURI(), ROOT));
        TreeSet<String> methods = new TreeSet<>(List.of(route.methods().split(", ")));
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    private LiveRoute route(GatewayPath path) {
        return gateway.find(path)
                .orElseThrow(() -> new Rejection(
                        GatewayError.NO_ROUTE,
                        "The gateway has no route to this path. An administrator can add one at"
                                + " /api/control-center/gateway/routes."));
    }

    private static CallContext call(Route declared, Actor actor, Map<String, String> resource) {
        return new CallContext(declared, actor, Request.of(resource));
    }

    /** The target of a request. */
    private record Aim(GatewayPath path, LiveRoute route) {

        Map<String, String> resource() {
            return Map.of("path", route.prefix());
        }
    }

    private Aim aim(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, Route declared, Actor actor) {
        GatewayPath path = GatewayPath.read(request.getRequestURI(), ROOT);
        if (request.getQueryString() != null
                && !QUERY.matcher(request.getQueryString()).matches()) {
            throw new Rejection(
                    GatewayError.INVALID_PATH,
                    "The query holds a character that must be percent-encoded, or is longer than 8192 characters.");
        }
        LiveRoute route = route(path);
        Aim aim = new Aim(path, route);
        exchange.record().carried(route.prefix());
        exchange.admitting(call(declared, actor, aim.resource()));
        try {
            route.admit(request.getMethod(), actor);
        } catch (Rejection rejection) {
            if (rejection.code() == GatewayError.METHOD_NOT_ROUTED) {
                response.setHeader("Allow", route.methods());
            }
            throw rejection;
        }
        return aim;
    }

    private void carry(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, Actor actor, Aim aim)
            throws IOException {
        LiveRoute route = aim.route();
        GatewayPath path = aim.path();
        if (request.getContentLengthLong() > route.bodyLimitBytes()) {
            throw BodyInflow.tooLarge(route.bodyLimitBytes());
        }
        boolean chunked = request.getHeader("Transfer-Encoding") != null;
        long length = chunked ? -1 : Math.max(0, request.getContentLengthLong());
        List<Map.Entry<String, String>> headers = headers(request);
        leaveCachingToUpstream(response);
        BodyOutflow outflow = outflow(exchange, request, response, actor);
        BodyInflow inflow = length == 0
                ? null
                : new BodyInflow(request.getInputStream(), PayaraListener.bodyLength(request), route.bodyLimitBytes());
        try {
            outflow.open();
            if (inflow != null) {
                inflow.open();
            }
            Carriage carriage = gateway.forward(
                    route,
                    new GatewayRequest(
                            actor,
                            request.getMethod(),
                            path,
                            request.getQueryString(),
                            headers,
                            length,
                            inflow,
                            request.getScheme(),
                            request.getHeader("Host")),
                    outflow);
            outflow.forwarded(carriage);
        } catch (RuntimeException e) {
            outflow.refuse(Failures.rejection(e));
        }
    }

    private void generate(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, Route declared, Actor actor)
            throws IOException {
        pipeline.prepare(
                new CallContext(declared, actor, new Request(Map.of(), Query.of(request), new byte[0], null, null)));
        GenerateRequest order =
                pipeline.body(declared, GenerateRequest.class, JsonBody.read(request, request.getInputStream()));
        exchange.accepted().check(order.mediaType());
        Map<String, String> resource = Map.of("model", order.model());
        exchange.record().carried("/llm/generate");
        exchange.admitting(call(declared, actor, resource));
        BodyOutflow outflow = outflow(exchange, request, response, actor);
        try {
            outflow.open();
            outflow.forwarded(gateway.generate(actor, order, outflow));
        } catch (RuntimeException e) {
            outflow.refuse(Failures.rejection(e));
        }
    }

    /** From here on the response is written by another thread, and this thread is released. */
    private BodyOutflow outflow(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, Actor actor)
            throws IOException {
        exchange.handOver();
        AsyncContext async = request.startAsync(request, response);
        // The limits of the route, or of the model, hold.
        async.setTimeout(0);
        return new BodyOutflow(exchange, async, response, ended -> {
            if (ended.refusal() != null) {
                exchange.turnedAway(pipeline, ended.refusal());
            } else {
                pipeline.passedOn(exchange.call(), ended.status());
            }
            Log.actor(actor);
            exchange.completed(meters, requests);
            Log.actor(null);
        });
    }

    /**
     * Takes {@code Cache-Control} away from the headers that every response carries. Servlets cannot remove a single header
     * before version 6.1.
     */
    private static void leaveCachingToUpstream(HttpServletResponse response) {
        List<Map.Entry<String, String>> set = new ArrayList<>();
        for (String name : response.getHeaderNames()) {
            if (!name.equalsIgnoreCase("Cache-Control")) {
                response.getHeaders(name).forEach(value -> set.add(new SimpleImmutableEntry<>(name, value)));
            }
        }
        response.reset();
        set.forEach(header -> response.addHeader(header.getKey(), header.getValue()));
    }

    private static List<Map.Entry<String, String>> headers(HttpServletRequest request) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                headers.add(new SimpleImmutableEntry<>(name, value));
            }
        }
        return headers;
    }
}
