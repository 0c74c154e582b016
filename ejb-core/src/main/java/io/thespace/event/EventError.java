package io.thespace.event;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of events, in the order of the checks. */
public enum EventError implements ErrorCode {
    SUBSCRIBER_NOT_FOUND(Kind.NOT_FOUND, "There is no subscriber with this name."),
    CURSOR_EXPIRED(Kind.GONE, "Events that follow the cursor are no longer kept."),
    EVENT_TYPE_UNKNOWN(Kind.INVALID, "The event type does not exist, or several sources declare it."),
    EVENT_TYPE_CLOSED(Kind.FORBIDDEN, "The caller may not publish events of this type."),
    EVENT_INVALID(Kind.INVALID, "The data do not fit the type's JSON Schema; the errors name each place.");

    private final Kind kind;
    private final String summary;

    EventError(Kind kind, String summary) {
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
        EventError[] value();
    }
}
