package io.thespace.monitoring;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** How the node says that it cannot serve. */
public enum MonitoringError implements ErrorCode {
    NOT_READY(Kind.UNAVAILABLE, "Something that every request needs is away.");

    private final Kind kind;
    private final String summary;

    MonitoringError(Kind kind, String summary) {
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
