package io.thespace.gateway.forward;

import io.thespace.plugin.api.Actor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;

/**
 * What a caller sent.
 *
 * @param query as it came, without the question mark; null for none
 * @param headers as they came, in their order
 * @param length of the body in bytes; 0 for none, -1 when only its end will tell
 * @param body to be asked for once at the most; it fails with a {@link io.thespace.plugin.api.Rejection} when it is too large
 * @param scheme {@code http} or {@code https}, as the caller used it
 * @param host as the caller named it, with a port if need be
 */
public record GatewayRequest(
        Actor actor,
        String method,
        GatewayPath path,
        String query,
        List<Map.Entry<String, String>> headers,
        long length,
        Flow.Publisher<ByteBuffer> body,
        String scheme,
        String host) {

    public GatewayRequest {
        headers = List.copyOf(headers);
    }
}
