package io.thespace.membership;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of membership: first as a backend, then as a client of one. */
public enum MembershipError implements ErrorCode {
    CREDENTIAL_REFUSED(Kind.UNAUTHENTICATED, "The call does not carry the membership backend's token."),
    MEMBERSHIP_BUSY(Kind.UNAVAILABLE, "The node's maximum number of concurrent validations is reached."),
    MEMBERSHIP_UNAVAILABLE(
            Kind.UNAVAILABLE, "The membership backend did not respond in time or sent an invalid response.");

    private final Kind kind;
    private final String summary;

    MembershipError(Kind kind, String summary) {
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
        MembershipError[] value();
    }
}
