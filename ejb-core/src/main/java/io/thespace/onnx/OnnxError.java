package io.thespace.onnx;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of ONNX models: first of files, then of runs, each in the order of the checks. */
public enum OnnxError implements ErrorCode {
    ONNX_UNAVAILABLE(Kind.NOT_CONFIGURED, "This node runs no ONNX models."),
    MODEL_FILE_TOO_LARGE(Kind.TOO_LARGE, "The file is larger than models may be."),
    MODEL_FILE_INVALID(Kind.INVALID, "The file is not an ONNX model, or the model is not supported."),
    RUNS_FULL(Kind.UNAVAILABLE, "The node's queue of ONNX predictions is full."),
    RUN_TIMEOUT(Kind.UPSTREAM_LATE, "The model did not finish within its time limit."),
    RUN_FAILED(Kind.INVALID, "The model failed on these inputs."),
    OUTPUT_TOO_LARGE(Kind.INVALID, "The model's outputs are larger than answers may be.");

    private final Kind kind;
    private final String summary;

    OnnxError(Kind kind, String summary) {
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

    /** Refusals of an endpoint. */
    @Refusals
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Refuses {
        OnnxError[] value();
    }
}
