package io.thespace.workflow.document;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How documents of workflows, and what their expressions come to, are refused. */
public enum DocumentError implements ErrorCode {
    INVALID_WORKFLOW(Kind.INVALID, "The document is no workflow that can be run; the errors name each place."),
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

    /** Refusals of an endpoint. */
    @Refusals
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Refuses {
        DocumentError[] value();
    }
}
