package io.thespace.identity;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Error codes of identity: first of signing in, then of renewal, of access tokens, and of managing organizations and
 * their users, each in the order of its checks.
 */
public enum IdentityError implements ErrorCode {
    TOO_MANY_ATTEMPTS(
            Kind.LIMITED, "The account, the invitation or the address had 10 failed attempts within 15 minutes."),
    TOO_BUSY(Kind.LIMITED, "More passwords and PINs are being checked than this node can check at once."),
    WRONG_CREDENTIALS(Kind.UNAUTHENTICATED, "Wrong email address or password, or the user is not allowed to sign in."),
    PASSWORD_TOO_SHORT(Kind.INVALID, "A password needs at least 12 characters."),
    REFRESH_TOKEN_REFUSED(Kind.UNAUTHENTICATED, "The refresh token is unknown, expired, used before or revoked."),
    TOKEN_MISSING(Kind.UNAUTHENTICATED, "The request has no access token."),
    TOKEN_MALFORMED(Kind.UNAUTHENTICATED, "The access token is not a signed JSON Web Token."),
    TOKEN_ISSUER_UNKNOWN(Kind.UNAUTHENTICATED, "The issuer of the access token is not trusted."),
    TOKEN_INVALID(Kind.UNAUTHENTICATED, "The access token's signature, audience or claims are wrong."),
    TOKEN_EXPIRED(Kind.UNAUTHENTICATED, "The access token has expired."),
    TOKEN_REVOKED(Kind.UNAUTHENTICATED, "The sign-in that the access token belongs to has ended."),
    SUSPENDED(Kind.UNAUTHENTICATED, "The user or the organization is suspended, or the membership has ended."),
    ORGANIZATION_UNKNOWN(Kind.FORBIDDEN, "The external token names no organization that exists here."),
    NO_ROLE(Kind.FORBIDDEN, "The external token names no role that exists here."),
    TOO_MANY_SYNTHETIC_USERS(Kind.CONFLICT, "The maximum number of synthetic users exists."),
    IDENTITY_UNAVAILABLE(Kind.UNAVAILABLE, "Credentials cannot be checked now."),
    ORGANIZATION_NOT_FOUND(Kind.NOT_FOUND, "The organization does not exist or is not visible to the caller."),
    ORGANIZATION_OWN(Kind.CONFLICT, "The organization is the caller's own; suspending it would lock the caller out."),
    USER_NOT_FOUND(Kind.NOT_FOUND, "There is no such user in this organization."),
    ROLE_EXCEEDED(
            Kind.FORBIDDEN, "The role, the user, or a user of the organization has permissions that the caller lacks."),
    USER_EXISTS(Kind.CONFLICT, "The user belongs to this organization already."),
    LAST_OWNER(Kind.CONFLICT, "The organization would be left without an active owner.");

    private final Kind kind;
    private final String summary;

    IdentityError(Kind kind, String summary) {
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
        IdentityError[] value();
    }
}
