package io.thespace.workflow.document;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import io.thespace.plugin.api.Rejection;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

/** Error codes of workflow documents, and of the results of their expressions. */
public enum DocumentError implements ErrorCode {
    INVALID_WORKFLOW(Kind.INVALID, "The document is not a supported workflow; the errors name each location."),
    ERROR_RAISED(Kind.CONFLICT, "A task of the workflow raised the error; the details are its members.");

    private final Kind kind;
    private final String summary;

    DocumentError(Kind kind, String summary) {
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

    /**
     * Refuses a document with errors.
     *
     * @param errors each place and reason; the document is taken when there are none
     * @throws Rejection {@code INVALID_WORKFLOW}
     */
    public static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new Rejection(
                    INVALID_WORKFLOW,
                    "The document is no workflow that can be run: %s %s."
                            .formatted(errors.get(0).field(), errors.get(0).message()),
                    List.copyOf(errors));
        }
    }

    /** Refusals of an endpoint. */
    @Refusals
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Refuses {
        DocumentError[] value();
    }
}
