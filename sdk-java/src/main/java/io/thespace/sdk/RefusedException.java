package io.thespace.sdk;

import java.util.List;

/** The platform refused a call, and says why. */
public final class RefusedException extends ManagementException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String requestId;
    private final transient List<FieldError> fieldErrors;

    RefusedException(int status, String code, String message, String requestId, List<FieldError> fieldErrors) {
        super("%d %s: %s (request %s)".formatted(status, code, message, requestId), null);
        this.status = status;
        this.code = code;
        this.requestId = requestId;
        this.fieldErrors = List.copyOf(fieldErrors);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Such as {@code NOT_FOUND}; see {@code docs/MANAGEMENT.md}. */
    public String code() {
        return code;
    }

    /** By which the platform's logs know the call; empty when the answer had none. */
    public String requestId() {
        return requestId;
    }

    /** Which members of the request are at fault; empty when none is alone. */
    public List<FieldError> fieldErrors() {
        return fieldErrors == null ? List.of() : fieldErrors;
    }
}
