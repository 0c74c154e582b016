package io.thespace.token;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of tokens: first of authentication, then of management, each in the order of the checks. */
public enum TokenError implements ErrorCode {
    TOKEN_MALFORMED(Kind.UNAUTHENTICATED, "The text is not a personal access token, or its checksum is wrong."),
    TOKEN_INVALID(Kind.UNAUTHENTICATED, "The token does not exist, or its user is gone."),
    TOKEN_REVOKED(Kind.UNAUTHENTICATED, "The token is revoked."),
    TOKEN_EXPIRED(Kind.UNAUTHENTICATED, "The token has expired."),
    HOLDER_SUSPENDED(Kind.FORBIDDEN, "The token's organization or user is suspended."),
    AGENT_SUSPENDED(Kind.FORBIDDEN, "The token's agent is not active."),
    TOKEN_NOT_FOUND(Kind.NOT_FOUND, "The token does not exist in this organization or is not visible to the caller."),
    AGENT_NOT_AUTHORIZED(Kind.FORBIDDEN, "An agent may create tokens only for itself."),
    PERMISSION_EXCEEDED(Kind.FORBIDDEN, "The token would have a permission that the caller does not have."),
    INVALID_EXPIRY(Kind.INVALID, "The expiry is in the past, or after that of the token that the caller uses."),
    AGENT_UNKNOWN(Kind.INVALID, "There is no such agent in this organization, or it is archived."),
    TOO_MANY_TOKENS(Kind.CONFLICT, "The user has 1,000 tokens that hold."),
    ALREADY_REVOKED(Kind.CONFLICT, "The token is revoked already.");

    private final Kind kind;
    private final String summary;

    TokenError(Kind kind, String summary) {
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
        TokenError[] value();
    }
}
