package io.thespace.endpoint;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The platform's own error codes of calls, in the order of its checks. */
public enum EndpointError implements ErrorCode {
    UNKNOWN_PATH(Kind.NOT_FOUND, "There is no such endpoint."),
    UNKNOWN_ACTION(Kind.NOT_FOUND, "No enabled plugin declares this action."),
    WRONG_METHOD(
            Kind.METHOD_NOT_ALLOWED, "The endpoint does not have this method; the Allow header lists those it has."),
    NOT_ACCEPTABLE(Kind.NOT_ACCEPTABLE, "The Accept header allows none of the media types that the endpoint produces."),
    TOKEN_MISSING(Kind.UNAUTHENTICATED, "The call carries no bearer token."),
    ROLE_MISSING(Kind.FORBIDDEN, "The caller's role may not call this endpoint."),
    PERMISSION_MISSING(Kind.FORBIDDEN, "The caller lacks the permission that this endpoint needs."),
    TOO_MANY_CALLS(Kind.LIMITED, "The caller's rate limit is used up; retry after the time in Retry-After."),
    BODY_TOO_LARGE(Kind.TOO_LARGE, "The body is larger than its limit."),
    BODY_TOO_SLOW(Kind.TOO_SLOW, "The body did not arrive in time."),
    NOT_JSON(Kind.UNSUPPORTED_MEDIA_TYPE, "The body is not declared as JSON."),
    MALFORMED_JSON(Kind.INVALID, "The body is not well-formed JSON."),
    INVALID_REQUEST(
            Kind.INVALID,
            "A parameter or a member of the body is unknown, missing, of the wrong type or out of range."),
    INVALID_CURSOR(Kind.INVALID, "The cursor was not issued for this query."),
    INVALID_KEY(Kind.INVALID, "The idempotency key is not 1 to 255 visible ASCII characters."),
    KEY_IN_USE(Kind.CONFLICT, "A call with this idempotency key is still running."),
    KEY_REUSED(Kind.MISMATCH, "The idempotency key was used before with another request."),
    APPROVAL_UNAVAILABLE(Kind.CONFLICT, "The call needs an approval, and the approval workflow cannot be started."),
    CLIENT_UNABLE(Kind.CONFLICT, "The call needs input from the client, and the client does not support that."),
    INPUT_REQUIRED(Kind.CONFLICT, "The call waits for input from its client."),
    INPUT_INVALID(Kind.INVALID, "An answer of the client does not fit the question."),
    CALL_CANCELLED(Kind.CONFLICT, "The client cancelled the call."),
    CONFLICT(Kind.CONFLICT, "The change conflicts with what is stored."),
    BUSY(Kind.UNAVAILABLE, "The resources that the call needs are busy; try again."),
    DATABASE_AWAY(Kind.UNAVAILABLE, "The database is unavailable; try again."),
    PLUGIN_GONE(Kind.NOT_FOUND, "The plugin was disabled or replaced during the call."),
    PLUGIN_RESTING(Kind.UNAVAILABLE, "The plugin crashed in most of its last calls; try again in a moment."),
    PLUGIN_BUSY(Kind.UNAVAILABLE, "The plugin's maximum number of concurrent calls is reached; try again."),
    PLUGIN_TIMEOUT(Kind.UNAVAILABLE, "The plugin did not answer within its time limit."),
    DATA_REJECTED(Kind.INTERNAL, "The database rejected a value that passed all checks; logged with the request's id."),
    DEFECT(Kind.INTERNAL, "A defect of the platform, logged with the request's id.");

    private final Kind kind;
    private final String summary;

    EndpointError(Kind kind, String summary) {
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
        EndpointError[] value();
    }
}
