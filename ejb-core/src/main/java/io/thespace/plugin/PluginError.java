package io.thespace.plugin;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** How questions about plugins are refused. */
public enum PluginError implements ErrorCode {
    UNKNOWN_PLUGIN(Kind.NOT_FOUND, "There is no plugin with this id.");

    private final Kind kind;
    private final String summary;

    PluginError(Kind kind, String summary) {
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
