package io.thespace.sdk;

/** A call that did not succeed. */
public abstract class ManagementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ManagementException(String message, Throwable cause) {
        super(message, cause);
    }
}
