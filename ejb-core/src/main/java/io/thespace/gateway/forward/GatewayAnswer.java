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

    /** What the cache did, right before {@link #begin}; see {@link CachedForwarding}. */
    default void cached(String outcome) {}

    /**
     * The answer's head.
     *
     * @param length of the body in bytes; -1 when only its end will tell
     * @param taken is to be told how many bytes were taken further, so that more come; some 64 KiB come unasked
     */
    void begin(int status, List<Map.Entry<String, String>> headers, long length, IntConsumer taken);

    /** An attempt is over; it comes before what its end leads to. */
    void tried(UpstreamTry attempt);

    /** A part of the body, which is the receiver's from now on. */
    void data(ByteBuffer bytes);

    /** All of it came. */
    void end();

    /** It broke off after its head; the caller must not take what came for the whole. */
    void broken();

    /** There is no answer but this. */
    void refuse(Rejection rejection);
}
