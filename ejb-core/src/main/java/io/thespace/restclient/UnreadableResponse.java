package io.thespace.restclient;

import java.io.IOException;

/** The server answered with 200 and a body that is not what the interface declares. */
public final class UnreadableResponse extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableResponse(Throwable cause) {
        super("The response body is not the expected JSON.", cause);
    }
}
