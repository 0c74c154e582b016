package io.thespace.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.identity.key.Secrets;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@link Pipeline} for the endpoints of one plugin, without a container and without the platform's database, as tests of
 * plugins need it. Calls are matched, admitted, decoded, validated, paged and answered as in production. They are neither
 * limited nor audited, and take no idempotency key.
 */
public final class StandalonePipeline {

    private final Mount mount;
    private final String prefix;
    private final Routes routes = new Routes();
    private final Pipeline pipeline;

    /**
     * A pipeline for these endpoints, below {@code /api/plugins/{id}}.
     *
     * @param mount names the plugin and has a validator
     * @param secrets signs cursors
     * @throws IllegalArgumentException when two endpoints share a method and a path, or an action
     */
    public StandalonePipeline(Mount mount, List<Endpoint<?>> endpoints, Secrets secrets) {
        this.mount = mount;
        this.prefix = "/api/plugins/" + mount.group();
        routes.mount(mount, prefix, endpoints);
        // A call without an audit record and without an idempotency key reaches none of those that are null.
        this.pipeline = new Pipeline(
                new Decoder(mount.validator()),
                new Cursors(secrets),
                routes,
                new Evidence(),
                null,
                new CallTransaction(null, null, null, null, null),
                null,
                null,
                null);
    }

    /**
     * The endpoint at a path.
     *
     * @param method for example {@code GET}
     * @param segments of the whole path, decoded
     * @throws Rejection {@code UNKNOWN_PATH}, {@code WRONG_METHOD}
     */
    public Route route(String method, List<String> segments) {
        Map<Method, Route> here = routes.find(segments);
        if (here.isEmpty()) {
            throw new Rejection(
                    EndpointError.UNKNOWN_PATH, "There is no endpoint at /%s.".formatted(String.join("/", segments)));
        }
        return here.values().stream()
                .filter(route -> route.endpoint().method().name().equals(method))
                .findFirst()
                .orElseThrow(() -> new Rejection(
                        EndpointError.WRONG_METHOD,
                        "This endpoint does not have the method %s; it has %s.".formatted(method, here.keySet())));
    }

    /** The endpoint in its place. */
    public Route route(Endpoint<?> endpoint) {
        return new Route(prefix + endpoint.path(), mount, endpoint);
    }

    /** A call with the endpoint's examples; empty when a parameter of the path or the body has none. */
    public Optional<Request> example(Route route) throws JsonProcessingException {
        return Request.example(route);
    }

    /**
     * The body of a call, decoded and validated.
     *
     * @throws Rejection as {@link Pipeline#body}
     */
    public <B> B body(Endpoint<B> endpoint, byte[] sent) {
        return pipeline.body(route(endpoint), endpoint.bodyType(), sent);
    }

    /**
     * Makes a call on this thread.
     *
     * @throws Rejection as {@link Pipeline#call}
     */
    public Answer call(Route route, Actor actor, Request request) {
        if (request.idempotencyKey() != null) {
            throw new IllegalArgumentException("There is no database that could store an Idempotency-Key");
        }
        return pipeline.call(new CallContext(route, actor, request).unaudited());
    }
}
