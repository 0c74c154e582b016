package io.thespace.agent;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of agents, in the order of the checks. */
public enum AgentError implements ErrorCode {
    AGENT_NOT_FOUND(Kind.NOT_FOUND, "There is no such agent in this organization."),
    AGENT_ARCHIVED(Kind.CONFLICT, "The agent is archived and cannot be changed."),
    INVALID_BUDGET(
            Kind.INVALID, "The currency is unknown, the amount has more decimals than it, or one of them is missing."),
    WRONG_STATUS(Kind.CONFLICT, "The agent's status does not allow this."),
    AGENT_IN_USE(Kind.CONFLICT, "The agent has acted and is not archived yet."),
    AGENT_REMEMBERS(Kind.CONFLICT, "The agent has memories, which must be deleted first.");

    private final Kind kind;
    private final String summary;

    AgentError(Kind kind, String summary) {
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
        AgentError[] value();
    }
}
