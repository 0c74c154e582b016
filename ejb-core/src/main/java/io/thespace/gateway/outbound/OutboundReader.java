package io.thespace.gateway.outbound;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Reads the answer of an {@link OutboundServer}. Called by one thread at a time, which must not be held. */
public interface OutboundReader {

    /** What reading a part came to. */
    enum Reading {
        /** The rest is needed, too. */
        MORE,
        /** This was all that is needed, even if the server sends more. */
        ENOUGH,
        /** The answer is larger than it may be, or not what was asked for; nothing more of it is read. */
        REFUSED
    }

    /** The answer's head; before its body. */
    void begin(int status, List<Map.Entry<String, String>> headers);

    /** The next part of the body. */
    Reading take(ByteBuffer part);
}
