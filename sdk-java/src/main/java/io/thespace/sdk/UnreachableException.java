package io.thespace.sdk;

/**
 * There was no answer, or none that the platform gives. Whether the call had an effect is not known, unless it was one
 * that only reads.
 */
public final class UnreachableException extends ManagementException {

    private static final long serialVersionUID = 1L;

    UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
