package io.thespace.plugin.contract;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** How the platform refuses before a plugin sees the call. */
public enum StageError implements ErrorCode {
    UNKNOWN_PATH(Kind.NOT_FOUND, "The plugin has no endpoint with this method and path."),
    TOKEN_MISSING(Kind.UNAUTHENTICATED, "The endpoint needs a caller who is signed in."),
    ROLE_MISSING(Kind.FORBIDDEN, "The endpoint needs a higher role."),
    INVALID_REQUEST(Kind.INVALID, "The request is not as the endpoint declares it.");

    private final Kind kind;
    private final String summary;

    StageError(Kind kind, String summary) {
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
