package io.thespace.notice;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** Error codes of the board. */
public enum NoticeError implements ErrorCode {
    NOTICE_NOT_FOUND(Kind.NOT_FOUND, "There is no such notice, or it is not the caller's."),
    TITLE_TAKEN(Kind.CONFLICT, "There is a notice with this title already.");

    private final Kind kind;
    private final String summary;

    NoticeError(Kind kind, String summary) {
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
