package io.thespace.ui;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** How files of plugins are refused. */
public enum UiError implements ErrorCode {
    UNKNOWN_FILE(Kind.NOT_FOUND, "The plugin gives out no such file, or is not enabled.");

    private final Kind kind;
    private final String summary;

    UiError(Kind kind, String summary) {
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
