package io.thespace.mcp.dialogue;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** Error codes of calls that cannot get answers from their client, in the order of the checks. */
public enum DialogueError implements ErrorCode {
    STREAM_MISSING(Kind.NOT_ACCEPTABLE, "The client must accept text/event-stream to receive questions."),
    ROUNDS_EXCEEDED(Kind.CONFLICT, "The call asked its client more often than a call may."),
    QUESTIONS_EXCEEDED(Kind.LIMITED, "The maximum number of calls waits for input from clients."),
    CLIENT_REFUSED(Kind.CONFLICT, "The client answered a question with an error."),
    CLIENT_SILENT(Kind.CONFLICT, "The client did not answer a question in time.");

    private final Kind kind;
    private final String summary;

    DialogueError(Kind kind, String summary) {
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
