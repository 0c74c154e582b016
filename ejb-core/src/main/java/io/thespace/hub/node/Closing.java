package io.thespace.hub.node;

/** Why the hub closes a WebSocket; the close codes are of the range for private use (RFC 6455, section 7.4.2). */
public enum Closing {
    MALFORMED(4400, "Too many malformed frames. Fix the client before it reconnects."),
    AUTHENTICATION(4401, "The token is not valid. Sign in or refresh, then reconnect."),
    FORBIDDEN(4403, "This identity may not use the hub. Do not reconnect until its permissions have changed."),
    TIMEOUT(4408, "Two pings were not answered. Reconnect."),
    TOO_LARGE(4413, "The frame is too large. Send less at once, then reconnect."),
    TOO_FAST(4429, "Too fast. Reconnect after a pause of some seconds."),
    GOING_AWAY(4503, "The node is shutting down. Reconnect after a random pause of up to 10 seconds.");

    private final int code;
    private final String advice;

    Closing(int code, String advice) {
        this.code = code;
        this.advice = advice;
    }

    public int code() {
        return code;
    }

    /** Returns what the client should do, in at most 123 bytes, the limit of a close frame. */
    public String advice() {
        return advice;
    }
}
