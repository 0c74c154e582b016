package io.thespace.failing;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** Error codes of the plugin. */
enum FailingError implements ErrorCode {
    FAILED_AS_ASKED("It fails as it was asked to."),
    SQL_FAILED("The database refused the statement."),
    UNDECLARED("No endpoint declares this.");

    private final String summary;

    FailingError(String summary) {
        this.summary = summary;
    }

    @Override
    public Kind kind() {
        return Kind.CONFLICT;
    }

    @Override
    public String summary() {
        return summary;
    }
}
