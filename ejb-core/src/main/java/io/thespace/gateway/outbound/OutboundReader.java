package io.thespace.gateway.outbound;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Reads the answer of an {@link OutboundServer}. Called by one thread at a time, which must not be held. */
public interface OutboundReader {

    /** The result of reading a part. */
    enum Reading {
        /** The rest is needed, too. */
        MORE,
        /** This was all that is needed, even if the server sends more. */
        ENOUGH,
        /** The response is too large, or not the expected one; reading stops. */
        REFUSED
    }

    /** The answer's head; before its body. */
    void begin(int status, List<Map.Entry<String, String>> headers);

    /** The next part of the body. */
    Reading take(ByteBuffer part);
}
