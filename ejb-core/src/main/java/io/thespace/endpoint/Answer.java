package io.thespace.endpoint;

import java.util.Map;

/** The outcome of a call, ready to be sent. */
public final class Answer {

    private final int status;
    private final String mediaType;
    private final byte[] body;
    private final Map<String, String> headers;
    private final boolean replayed;

    public Answer(int status, String mediaType, byte[] body, Map<String, String> headers, boolean replayed) {
        this.status = status;
        this.mediaType = mediaType;
        this.body = body;
        this.headers = headers;
        this.replayed = replayed;
    }

    public int status() {
        return status;
    }

    /** Returns the body's media type; null when there is no body. */
    public String mediaType() {
        return mediaType;
    }

    public byte[] body() {
        return body;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** Whether this is the stored answer to an earlier call with the same idempotency key. */
    public boolean replayed() {
        return replayed;
    }
}
