package io.thespace.privacy;

import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Refusals;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Error codes of data requests and legal holds, in the order of the checks. */
public enum PrivacyError implements ErrorCode {
    DATA_REQUEST_NOT_FOUND(Kind.NOT_FOUND, "There is no such data request in this organization."),
    LEGAL_HOLD_NOT_FOUND(Kind.NOT_FOUND, "There is no such legal hold in this organization."),
    SUBJECT_AMBIGUOUS(Kind.INVALID, "Exactly one of user_id and identifier is required."),
    SUBJECT_UNKNOWN(Kind.INVALID, "The user never belonged to this organization."),
    PLATFORM_ADMINISTRATOR(Kind.CONFLICT, "The user administers the platform."),
    TOO_MANY_OPEN(Kind.CONFLICT, "The organization has the maximum number of open requests."),
    HOLD_CLEARED(Kind.CONFLICT, "The legal hold is cleared already."),
    NO_EXPORT(Kind.CONFLICT, "The request is an erasure, is not done yet, or its export has expired."),
    EXPORT_PART_NOT_FOUND(Kind.NOT_FOUND, "The export has no such part."),
    NOT_COMPLETED(Kind.CONFLICT, "The request is not completed yet."),
    NOT_AN_ERASURE(Kind.CONFLICT, "Only an erasure can be verified."),
    IDENTIFIER_NEEDED(Kind.INVALID, "The platform no longer has the erased identifier; send it in the request."),
    IDENTIFIER_WRONG(Kind.INVALID, "This is not the identifier that was erased."),
    JOB_LOST(Kind.CONFLICT, "The job was taken over, or stopped by a legal hold.");

    private final Kind kind;
    private final String summary;

    PrivacyError(Kind kind, String summary) {
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
        PrivacyError[] value();
    }
}
