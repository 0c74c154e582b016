package io.thespace.gateway;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How the gateway refuses: first changes of its routes and models, then requests, each in the order of the checks. */
public enum GatewayError implements ErrorCode {
    INVALID_ROUTE(Kind.INVALID, "The route asks for something that the gateway does not do, or may not."),
    ROUTE_NOT_FOUND(Kind.NOT_FOUND, "There is no route with this id."),
    PREFIX_TAKEN(Kind.CONFLICT, "Another route has this prefix."),
    TOO_MANY_ROUTES(Kind.CONFLICT, "There are as many routes as there may be."),
    INVALID_MODEL(Kind.INVALID, "The model asks for something that the gateway does not do, or may not."),
    MODEL_NOT_FOUND(Kind.NOT_FOUND, "There is no model with this name."),
    MODEL_TAKEN(Kind.CONFLICT, "There is a model with this name."),
    TOO_MANY_MODELS(Kind.CONFLICT, "There are as many models as there may be."),
    MODEL_NEEDED(Kind.CONFLICT, "Another model falls back to this one."),
    SEALING_KEY_UNUSABLE(Kind.UNAVAILABLE, "The node has no key to seal an API key with."),
    INVALID_PATH(Kind.INVALID, "The path holds something that upstreams could read in different ways."),
    INVALID_HEADER(Kind.INVALID, "A header is malformed, or there are too many."),
    NO_ROUTE(Kind.NOT_FOUND, "No route leads to this path."),
    PROVIDER_NOT_CONFIGURED(Kind.NOT_CONFIGURED, "No model is configured."),
    MODEL_UNKNOWN(Kind.NOT_FOUND, "No model has the name that was asked for."),
    MODEL_OF_OTHER_KIND(Kind.INVALID, "The model does something else than what was asked for."),
    TOKENS_USED_UP(Kind.LIMITED, "The organization's models have read and written as much as they may in a day."),
    METHOD_NOT_ROUTED(
            Kind.METHOD_NOT_ALLOWED, "The route does not take this method; the Allow header lists those it does."),
    ROLE_NOT_ROUTED(Kind.FORBIDDEN, "The caller's role may not use this route."),
    PARAMETER_NOT_TAKEN(Kind.INVALID, "The model does not take one of the request's parameters."),
    TOO_MANY_TOKENS(Kind.INVALID, "More tokens are asked for than the model writes."),
    MODEL_SEALED(Kind.UNAVAILABLE, "The model's API key does not open on this node."),
    MODEL_BUSY(Kind.LIMITED, "The model was asked as often as it may be, by all callers together."),
    BODY_TOO_LARGE(Kind.TOO_LARGE, "The body is larger than the route takes."),
    NOT_CACHED(Kind.UPSTREAM_LATE, "The caller wants an answer from the cache alone, which has none."),
    UPSTREAM_RESTING(Kind.UNAVAILABLE, "The route's upstreams failed too often and are left alone for a moment."),
    UPSTREAM_FULL(Kind.UNAVAILABLE, "The route has as many requests under way as it may have."),
    UPSTREAM_UNREACHABLE(Kind.UPSTREAM_FAILED, "No upstream of the route can be reached."),
    UPSTREAM_BROKEN(Kind.UPSTREAM_FAILED, "The upstream broke off, or answered with something that is no HTTP."),
    UPSTREAM_TIMEOUT(Kind.UPSTREAM_LATE, "The upstream did not answer within the route's time limits."),
    MODEL_REFUSED(Kind.INVALID, "The model's server refused the request."),
    PROVIDER_UNAVAILABLE(Kind.UNAVAILABLE, "The model's server does not serve at the moment, or not us.");

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
