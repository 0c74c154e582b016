package io.thespace.openapi;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** What any endpoint may be refused with before its own checks, whatever it declares: a limit that an operator sets. */
enum Protection implements ErrorCode {
    TOO_MANY_CALLS(Kind.LIMITED, "The caller has used up its limit; Retry-After says when to call again.");

    private final Kind kind;
    private final String summary;

    Protection(Kind kind, String summary) {
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
