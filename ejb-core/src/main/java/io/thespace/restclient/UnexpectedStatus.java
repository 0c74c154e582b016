package io.thespace.restclient;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The server answered with another status than 200. */
public final class UnexpectedStatus extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration retryAfter;

    /** @param retryAfter the {@code Retry-After} header in seconds; null without a readable one */
    UnexpectedStatus(int status, Duration retryAfter) {
        super("Status " + status);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** The HTTP status; a redirect's too. */
    public int status() {
        return status;
    }

    /** Returns the delay of the {@code Retry-After} header. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
