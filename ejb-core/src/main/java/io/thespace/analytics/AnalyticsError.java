package io.thespace.analytics;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of analytics, in the order of the checks. */
public enum AnalyticsError implements ErrorCode {
    INVALID_PERIOD(Kind.INVALID, "The period ends before it starts, or is out of range."),
    TOO_MANY_BUCKETS(Kind.INVALID, "The period has more buckets than one response can hold.");

    private final Kind kind;
    private final String summary;

    AnalyticsError(Kind kind, String summary) {
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
        AnalyticsError[] value();
    }
}
