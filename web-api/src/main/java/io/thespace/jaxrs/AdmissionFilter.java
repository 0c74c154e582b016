package io.thespace.jaxrs;

import io.thespace.endpoint.CallContext;
import io.thespace.endpoint.Pipeline;
import io.thespace.endpoint.Request;
import io.thespace.endpoint.Route;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Parameter;
import io.thespace.wire.AllowedMethods;
import io.thespace.wire.Callers;
import io.thespace.wire.Exchange;
import io.thespace.wire.JsonBody;
import io.thespace.wire.Query;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Admits the calls of one resource method by its declaration, before their bodies are read. */
final class AdmissionFilter implements ContainerRequestFilter {

    private static final byte[] NO_BODY = {};

    private final Route route;
    private final Map<String, Map<String, Set<String>>> reserved;
    private final Callers callers;
    private final Pipeline pipeline;
    private final boolean takesBody;
    private final boolean takesForm;

    /**
     * A filter of one method.
     *
     * @param reserved by parameter of the path, the values that are other endpoints' literal segments, with the methods
     *     those have. RESTEasy takes {@code GET /memories/search} for {@code GET /memories/{memory_id}} when only POST is
     *     declared for {@code /memories/search}.
     */
    AdmissionFilter(Route route, Map<String, Map<String, Set<String>>> reserved, Callers callers, Pipeline pipeline) {
        this.route = route;
        this.reserved = reserved;
        this.callers = callers;
        this.pipeline = pipeline;
        this.takesBody = route.endpoint().bodyType() != Void.class;
        this.takesForm = route.endpoint().upload() != null;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        Exchange exchange = Exchange.current();
        HttpServletRequest request = exchange.request();
        checkReserved(exchange, context.getUriInfo().getPathParameters());
        exchange.record().routed(route);
        Actor actor = route.endpoint().role() == null ? exchange.anonymous() : callers.caller(exchange);
        CallContext call = new CallContext(route, actor, request(exchange, context));
        exchange.admitting(call);
        exchange.countAnonymous(route.endpoint(), actor);
        pipeline.admit(route.endpoint(), actor);
        pipeline.limit(route.endpoint(), actor, List.of(), exchange::allowed);
        exchange.record().letIn();
        String mediaType = route.endpoint().answer().mediaType();
        if (mediaType != null) {
            exchange.accepted().check(mediaType);
        }
        if (takesBody && !(takesForm && JsonBody.isForm(request))) {
            JsonBody.checkLength(request);
        }
        pipeline.prepare(call);
        call.arrive();
    }

    private void checkReserved(Exchange exchange, MultivaluedMap<String, String> values) {
        reserved.forEach((name, literals) -> {
            Set<String> methods = literals.get(values.getFirst(name));
            if (methods != null) {
                String allowed = AllowedMethods.header(methods);
                exchange.response().setHeader(HttpHeaders.ALLOW, allowed);
                throw AllowedMethods.refusal(exchange.request().getMethod(), allowed);
            }
        });
    }

    private Request request(Exchange exchange, ContainerRequestContext context) {
        HttpServletRequest request = exchange.request();
        Map<String, String> path = new HashMap<>();
        MultivaluedMap<String, String> values = context.getUriInfo().getPathParameters();
        values.keySet().forEach(name -> path.put(name, values.getFirst(name)));
        return new Request(path, Query.of(request), headers(route, request), NO_BODY, exchange.idempotencyKey(), null);
    }

    static Map<String, String> headers(Route route, HttpServletRequest request) {
        Map<String, String> values = new HashMap<>();
        for (Parameter parameter : route.endpoint().parameters()) {
            String value = parameter.in() == Parameter.In.HEADER ? request.getHeader(parameter.name()) : null;
            if (value != null) {
                values.put(parameter.name(), value);
            }
        }
        return values;
    }
}
