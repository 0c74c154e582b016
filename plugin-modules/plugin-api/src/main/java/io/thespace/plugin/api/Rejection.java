package io.thespace.plugin.api;

import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The exception by which a use case rejects a call. It rolls the transaction back; its message is sent to the client, so it
 * states what is wrong and what to do, and reveals nothing that the client may not see.
 */
@ApplicationException(rollback = true, inherited = true)
public final class Rejection extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final transient List<FieldError> details;
    private final Duration retryAfter;

    public Rejection(ErrorCode code, String message) {
        this(code, message, List.of(), null);
    }

    public Rejection(ErrorCode code, String message, List<FieldError> details) {
        this(code, message, details, null);
    }

    private Rejection(ErrorCode code, String message, List<FieldError> details, Duration retryAfter) {
        super(message);
        this.code = code;
        this.details = List.copyOf(details);
        this.retryAfter = retryAfter;
    }

    /** A refusal of one member of the request. */
    public static Rejection of(ErrorCode code, String field, String message) {
        return new Rejection(code, message, List.of(new FieldError(field, message)), null);
    }

    /** A refusal of several members of the request, whose message lists what is wrong with each. */
    public static Rejection of(ErrorCode code, List<FieldError> faults) {
        String message = faults.stream()
                .map(fault -> fault.field() + " " + fault.message())
                .collect(Collectors.joining("; ", "", "."));
        return new Rejection(code, message, faults, null);
    }

    /** A temporary rejection; the client may retry after {@code retryAfter}. */
    public static Rejection later(ErrorCode code, String message, Duration retryAfter) {
        return new Rejection(code, message, List.of(), retryAfter);
    }

    public ErrorCode code() {
        return code;
    }

    /** The members at fault; empty when the refusal is not about single members. */
    public List<FieldError> details() {
        return details;
    }

    /** Returns the delay before a retry; null when a retry does not help. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
