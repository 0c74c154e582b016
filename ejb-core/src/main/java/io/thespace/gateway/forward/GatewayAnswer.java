package io.thespace.gateway.forward;

import io.thespace.gateway.cache.CachedForwarding;
import io.thespace.plugin.api.Rejection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Takes what an upstream answers: {@link #begin}, any {@link #data}, then {@link #end} or {@link #broken}; or {@link #refuse}
 * alone; and {@link #tried} for each attempt. Called by one thread at a time, none of which may be held up.
 */
public interface GatewayAnswer {

    /** The head as the upstream sent it, right before {@link #begin}. */
    default void came(List<Map.Entry<String, String>> headers) {}

    /** Reports the cache's outcome, right before {@link #begin}; see {@link CachedForwarding}. */
    default void cached(String outcome) {}

    /**
     * Starts the response with its head.
     *
     * @param length of the body in bytes; -1 when it is not announced
     * @param taken has to be called with the number of bytes processed, which requests more; some 64 KiB are sent
     *     without a request
     */
    void begin(int status, List<Map.Entry<String, String>> headers, long length, IntConsumer taken);

    /** Reports an attempt that has ended; called before its consequences. */
    void tried(UpstreamTry attempt);

    /** A part of the body, which is the receiver's from now on. */
    void data(ByteBuffer bytes);

    /** Ends a complete response. */
    void end();

    /** Ends a response that was cut off after its head; the caller must be able to detect that it is incomplete. */
    void broken();

    /** Responds with a rejection instead. */
    void refuse(Rejection rejection);
}
