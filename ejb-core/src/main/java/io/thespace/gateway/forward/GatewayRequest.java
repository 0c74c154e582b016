package io.thespace.gateway.forward;

import io.thespace.plugin.api.Actor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;

/**
 * A caller's request.
 *
 * @param query as received, without the question mark; null for none
 * @param headers as received, in order
 * @param length of the body in bytes; 0 for none, -1 when it is not announced
 * @param body may be read only once; it fails with a {@link io.thespace.plugin.api.Rejection} when it is too large
 * @param scheme {@code http} or {@code https}, as the caller used it
 * @param host as the caller sent it, with an optional port
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
