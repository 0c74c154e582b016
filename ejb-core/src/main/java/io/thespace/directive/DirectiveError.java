package io.thespace.directive;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of directives, in the order of the checks. */
public enum DirectiveError implements ErrorCode {
    DIRECTIVE_NOT_FOUND(Kind.NOT_FOUND, "There is no such directive in this organization."),
    DIRECTIVE_AGENT_NOT_FOUND(Kind.NOT_FOUND, "There is no such agent in this organization."),
    DIRECTIVE_AGENT_UNKNOWN(Kind.INVALID, "There is no such agent in this organization, or it is archived."),
    NOTHING_TO_CHANGE(Kind.INVALID, "The change contains no member to change."),
    VERSION_UNKNOWN(Kind.INVALID, "The directive has no such version."),
    VERSION_NOT_DRAFT(Kind.CONFLICT, "The version is not a draft: it is or was in force."),
    TOO_MANY_IN_FORCE(
            Kind.CONFLICT, "The maximum number of directives is in force for this agent or this organization."),
    NOT_IN_FORCE(Kind.CONFLICT, "No version of the directive is in force."),
    IN_FORCE(Kind.CONFLICT, "A version of the directive is in force.");

    private final Kind kind;
    private final String summary;

    DirectiveError(Kind kind, String summary) {
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
        DirectiveError[] value();
    }
}
