package io.thespace.gateway;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Error codes of the gateway: first of changes to its routes and models, then of requests, each in the order of the
 * checks.
 */
public enum GatewayError implements ErrorCode {
    INVALID_ROUTE(Kind.INVALID, "A member of the route has a value that is not supported or not allowed."),
    ROUTE_NOT_FOUND(Kind.NOT_FOUND, "There is no route with this id."),
    PREFIX_TAKEN(Kind.CONFLICT, "Another route has this prefix."),
    TOO_MANY_ROUTES(Kind.CONFLICT, "The maximum number of routes exists."),
    INVALID_MODEL(Kind.INVALID, "A member of the model has a value that is not supported or not allowed."),
    MODEL_NOT_FOUND(Kind.NOT_FOUND, "There is no model with this name."),
    MODEL_TAKEN(Kind.CONFLICT, "A model with this name exists."),
    TOO_MANY_MODELS(Kind.CONFLICT, "The maximum number of models exists."),
    MODEL_NEEDED(Kind.CONFLICT, "Another model falls back to this one."),
    SEALING_KEY_UNUSABLE(Kind.UNAVAILABLE, "The node has no usable key to encrypt an API key with."),
    INVALID_PATH(Kind.INVALID, "The path is ambiguous: servers could interpret it in different ways."),
    INVALID_HEADER(Kind.INVALID, "A header is malformed, or there are too many."),
    NO_ROUTE(Kind.NOT_FOUND, "No route matches this path."),
    PROVIDER_NOT_CONFIGURED(Kind.NOT_CONFIGURED, "No model is configured."),
    MODEL_UNKNOWN(Kind.NOT_FOUND, "There is no model with the requested name that the caller may use."),
    MODEL_OF_OTHER_KIND(Kind.INVALID, "The model is of another kind than the request needs."),
    TOKENS_USED_UP(Kind.LIMITED, "The organization's daily limit of model tokens is used up."),
    METHOD_NOT_ROUTED(
            Kind.METHOD_NOT_ALLOWED, "The route does not take this method; the Allow header lists those it does."),
    ROLE_NOT_ROUTED(Kind.FORBIDDEN, "The caller's role may not use this route."),
    PARAMETER_NOT_TAKEN(Kind.INVALID, "The model does not support one of the request's parameters."),
    TOO_MANY_TOKENS(Kind.INVALID, "The request asks for more tokens than the model's maximum."),
    MODEL_SEALED(Kind.UNAVAILABLE, "The model's API key cannot be decrypted on this node."),
    MODEL_BUSY(Kind.LIMITED, "The model's requests per minute, shared by all callers, are used up."),
    BODY_TOO_LARGE(Kind.TOO_LARGE, "The body is larger than the route's limit."),
    NOT_CACHED(Kind.UPSTREAM_LATE, "The request has only-if-cached, and the cache has no matching response."),
    UPSTREAM_RESTING(
            Kind.UNAVAILABLE,
            "All upstreams of the route are unavailable: failing health checks or open circuit breakers."),
    UPSTREAM_FULL(Kind.UNAVAILABLE, "The route's maximum number of concurrent requests is reached."),
    UPSTREAM_UNREACHABLE(Kind.UPSTREAM_FAILED, "No upstream of the route can be reached."),
    UPSTREAM_BROKEN(Kind.UPSTREAM_FAILED, "The upstream closed the connection early or sent an invalid HTTP response."),
    UPSTREAM_TIMEOUT(Kind.UPSTREAM_LATE, "The upstream did not answer within the route's time limits."),
    MODEL_REFUSED(Kind.INVALID, "The model's server rejected the request."),
    PROVIDER_UNAVAILABLE(Kind.UNAVAILABLE, "The model's server is unavailable or rejected the platform's credentials.");

    private final Kind kind;
    private final String summary;

    GatewayError(Kind kind, String summary) {
        this.kind = kind;
        this.summary = summary;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String summary() {
        return summary;
    }

    /** Refusals of an endpoint. */
    @Refusals
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Refuses {
        GatewayError[] value();
    }
}
