package io.thespace.analytics;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** How analytics refuse, in the order of the checks. */
public enum AnalyticsError implements ErrorCode {
    INVALID_PERIOD(Kind.INVALID, "The period ends before it starts, or is far away."),
    TOO_MANY_BUCKETS(Kind.INVALID, "The period has more buckets than one answer holds.");

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
}
