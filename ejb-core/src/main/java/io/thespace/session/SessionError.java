package io.thespace.session;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of sessions, in the order of the checks. */
public enum SessionError implements ErrorCode {
    SESSION_NOT_FOUND(Kind.NOT_FOUND, "There is no such session in this organization, or not for this agent."),
    AGENT_NOT_AUTHORIZED(Kind.FORBIDDEN, "An agent may open sessions only for itself."),
    SESSION_AGENT_UNKNOWN(Kind.INVALID, "There is no such agent in this organization."),
    METADATA_TOO_LARGE(Kind.INVALID, "The metadata are more than 8,000 characters as JSON."),
    INVALID_COST(Kind.INVALID, "The currency is unknown, or the amount has more than nine decimals."),
    SESSION_ENDED(Kind.CONFLICT, "The session has ended."),
    AGENT_NOT_ACTIVE(Kind.CONFLICT, "The agent is not active.");

    private final Kind kind;
    private final String summary;

    SessionError(Kind kind, String summary) {
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
        SessionError[] value();
    }
}
