package io.thespace.auth;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of the management API's authentication. */
public enum AuthError implements ErrorCode {
    AUTH_UNAVAILABLE(Kind.UNAVAILABLE, "The auth service does not answer, so no request can be authenticated."),
    INVALID_TOKEN(Kind.UNAUTHENTICATED, "The token is malformed, unknown, expired or revoked."),
    AGENT_SUSPENDED(Kind.FORBIDDEN, "The token's agent is not active."),
    HOLDER_SUSPENDED(Kind.FORBIDDEN, "The token's organization or user is suspended.");

    private final Kind kind;
    private final String summary;

    AuthError(Kind kind, String summary) {
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
        AuthError[] value();
    }
}
