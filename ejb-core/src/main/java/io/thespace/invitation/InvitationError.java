package io.thespace.invitation;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of invitations: first of accepting one, then of managing them, each in the order of the checks. */
public enum InvitationError implements ErrorCode {
    INVITATION_REFUSED(Kind.UNAUTHENTICATED, "The invitation code is unknown or the PIN is wrong."),
    NOT_INVITED(Kind.FORBIDDEN, "The invitation is for another email address."),
    INVITATION_SPENT(Kind.CONFLICT, "The invitation has expired, is revoked or is used up."),
    EMAIL_KNOWN(Kind.UNAUTHENTICATED, "The email address belongs to an existing user, and the password is wrong."),
    ALREADY_MEMBER(Kind.CONFLICT, "The user belongs to the invitation's organization already."),
    INVITATION_NOT_FOUND(Kind.NOT_FOUND, "There is no such invitation in this organization.");

    private final Kind kind;
    private final String summary;

    InvitationError(Kind kind, String summary) {
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
        InvitationError[] value();
    }
}
