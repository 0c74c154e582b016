package io.thespace.approval;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of approval rules, in the order of the checks. */
public enum ApprovalError implements ErrorCode {
    INVALID_RULE(Kind.INVALID, "The condition is not jq, or the action cannot wait for an approval."),
    RULE_NOT_FOUND(Kind.NOT_FOUND, "There is no approval rule for this action."),
    TOO_MANY_RULES(Kind.CONFLICT, "The organization has the maximum number of approval rules.");

    private final Kind kind;
    private final String summary;

    ApprovalError(Kind kind, String summary) {
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
        ApprovalError[] value();
    }
}
