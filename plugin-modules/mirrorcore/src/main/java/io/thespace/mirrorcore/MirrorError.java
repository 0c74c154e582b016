package io.thespace.mirrorcore;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** Error codes of mirrorcore, in the order of the checks. */
public enum MirrorError implements ErrorCode {
    SESSION_NOT_NAMED(Kind.INVALID, "The query parameter session_id is missing."),
    UNREADABLE_TEXT(
            Kind.INVALID,
            "The text, the title or the speaker's name has a character that can't be kept (NUL), or the name is blank."),
    MODELS_NOT_LOADED(Kind.UNAVAILABLE, "The language models are still being loaded, or could not be."),
    SESSION_NOT_FOUND(Kind.NOT_FOUND, "The session does not exist in this organization."),
    SESSION_COMPLETED(Kind.CONFLICT, "The session is completed and accepts no more turns."),
    SESSION_EMPTY(Kind.CONFLICT, "The session has no turn yet, so there is nothing to measure."),
    SESSION_FULL(Kind.CONFLICT, "The session has the maximum number of turns, words, characters or speakers.");

    private final Kind kind;
    private final String summary;

    MirrorError(Kind kind, String summary) {
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
