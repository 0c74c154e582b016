package io.thespace.sdk;

import java.util.List;

/** A rejected call, with the reason. */
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

    /** Returns the request id in the platform's logs; empty when the response had none. */
    public String requestId() {
        return requestId;
    }

    /** Returns the errors of single members of the request; empty without any. */
    public List<FieldError> fieldErrors() {
        return fieldErrors == null ? List.of() : fieldErrors;
    }
}
