package io.thespace.mcp.context;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of contexts, in the order of the checks. */
public enum ContextError implements ErrorCode {
    TAG_MISSING(Kind.INVALID, "The If-Match header is missing."),
    INVALID_CONTEXT(Kind.INVALID, "A part, its schema or the time of expiry cannot be used."),
    CONTEXT_TOO_LARGE(Kind.TOO_LARGE, "The parts are larger than those of a context may be."),
    CONTEXT_NOT_FOUND(Kind.NOT_FOUND, "The caller has no such context; it may have expired."),
    CONTEXT_CHANGED(Kind.CHANGED, "The context was changed since the caller read it."),
    TOO_MANY_CONTEXTS(Kind.CONFLICT, "The caller has the maximum number of contexts.");

    private final Kind kind;
    private final String summary;

    ContextError(Kind kind, String summary) {
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
        ContextError[] value();
    }
}
