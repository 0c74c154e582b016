package io.thespace.workflow.outside;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;

/** Error codes of steps with effects outside of the platform; boundary events refer to them. */
public enum OutsideError implements ErrorCode {
    STEP_INPUT_INVALID(Kind.INVALID, "The path or the model request that the step computed is invalid."),
    HTTP_REFUSED(Kind.INVALID, "The server answered with a status from 300 to 499."),
    HTTP_FAILED(Kind.UPSTREAM_FAILED, "The server responded with a status other than 2xx that a retry may resolve."),
    HTTP_ANSWER_TOO_LARGE(Kind.INVALID, "The server's answer is larger than a step's output may be."),
    OUTSIDE_LATE(Kind.UPSTREAM_LATE, "The complete response did not arrive in time.");

    private final Kind kind;
    private final String summary;

    OutsideError(Kind kind, String summary) {
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
