package io.thespace.jaxrs;

import io.thespace.endpoint.CallContext;
import io.thespace.endpoint.MethodHandler;
import io.thespace.endpoint.Pipeline;
import io.thespace.endpoint.Request;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.Routes;
import io.thespace.plugin.Plugins;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Method;
import io.thespace.wire.AllowedMethods;
import io.thespace.wire.Callers;
import io.thespace.wire.Exchange;
import io.thespace.wire.JsonBody;
import io.thespace.wire.PathSegments;
import io.thespace.wire.Query;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;

/**
 * Calls endpoints that are declared as data, by the table of routes as it is at this moment. Jakarta REST cannot match their
 * paths, since its resources are fixed when the application is deployed.
 */
@ApplicationScoped
class DataEndpoints {

    @Inject
    Routes routes;

    @Inject
    Pipeline pipeline;

    @Inject
    Plugins plugins;

    @Inject
    Callers callers;

    /**
     * Finds and admits the endpoint of a request.
     *
     * @return false for OPTIONS, whose answer is the {@code Allow} header
     */
    boolean admit(Exchange exchange) {
        HttpServletRequest request = exchange.request();
        List<String> segments = PathSegments.of(request.getRequestURI());
        Map<Method, Route> here = routes.find(segments);
        if (here.isEmpty()) {
            if (segments.size() > 2 && segments.get(1).equals("plugins")) {
                plugins.checkInService(segments.get(2));
            }
            throw RequestFilter.unknownPath(exchange, callers);
        }
        Route route = AllowedMethods.route(request.getMethod(), here, exchange.response());
        if (route == null) {
            return false;
        }
        if (isMethod(route) && !isAlias(request)) {
            throw RequestFilter.unknownPath(exchange, callers);
        }
        exchange.record().routed(route);
        Actor actor = route.endpoint().role() == null ? exchange.anonymous() : callers.caller(exchange);
        CallContext call = new CallContext(route, actor, request(exchange, route, segments));
        exchange.admitting(call);
        exchange.countAnonymous(route.endpoint(), actor);
        pipeline.admit(route.endpoint(), actor);
        pipeline.limit(route.endpoint(), actor, List.of(), exchange::allowed);
        exchange.record().letIn();
        String mediaType = route.endpoint().answer().mediaType();
        if (mediaType != null) {
            exchange.accepted().check(mediaType);
        }
        if (route.endpoint().bodyType() != Void.class
                && !(route.endpoint().upload() != null && JsonBody.isForm(request))) {
            JsonBody.checkLength(request);
        }
        return true;
    }

    private static boolean isMethod(Route route) {
        return route.endpoint().handler() instanceof MethodHandler;
    }

    /** Whether a path is below {@code /services}, where there are no resources for Jakarta REST to match. */
    private static boolean isAlias(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/services/");
    }

    /** Makes the call that {@link #admit} let in. */
    void call(SentBody body) {
        Exchange exchange = Exchange.current();
        CallContext call = exchange.call();
        call.sent(body.json());
        pipeline.call(call);
    }

    private static Request request(Exchange exchange, Route route, List<String> segments) {
        HttpServletRequest request = exchange.request();
        return new Request(
                route.pathParameters(segments),
                Query.of(request),
                AdmissionFilter.headers(route, request),
                SentBody.NONE.json(),
                exchange.idempotencyKey(),
                null);
    }
}
