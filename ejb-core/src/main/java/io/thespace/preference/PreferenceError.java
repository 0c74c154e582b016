package io.thespace.preference;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of preferences, in the order of the checks. */
public enum PreferenceError implements ErrorCode {
    TAG_MISSING(Kind.INVALID, "The If-Match header is missing."),
    TIME_ZONE_UNKNOWN(Kind.INVALID, "There is no such time zone."),
    PREFERENCES_CHANGED(Kind.CHANGED, "The preferences were changed since the caller read them.");

    private final Kind kind;
    private final String summary;

    PreferenceError(Kind kind, String summary) {
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
        PreferenceError[] value();
    }
}
