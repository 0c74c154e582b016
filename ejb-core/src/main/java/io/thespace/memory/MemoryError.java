package io.thespace.memory;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of memories, in the order of the checks. */
public enum MemoryError implements ErrorCode {
    MEMORY_NOT_FOUND(Kind.NOT_FOUND, "There is no such memory for the caller."),
    AGENT_NOT_AUTHORIZED(Kind.FORBIDDEN, "An agent may change only its own memories."),
    INVALID_SELECTION(Kind.INVALID, "Exactly one of ids and filter is required."),
    INVALID_IMPORTANCE(Kind.INVALID, "The importance asked for is not between 0 and 1."),
    INVALID_TIME(Kind.INVALID, "A time is before year 1 or after year 9999, or valid_to is not after valid_from."),
    INVALID_METADATA(
            Kind.INVALID, "The metadata is too large, too deeply nested, or contains a value that cannot be stored."),
    AGENT_UNKNOWN(Kind.INVALID, "The agent is not one of the organization's."),
    MEMORY_EXISTS(Kind.CONFLICT, "Another memory of the same agent or organization has this content.");

    private final Kind kind;
    private final String summary;

    MemoryError(Kind kind, String summary) {
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
        MemoryError[] value();
    }
}
