package io.thespace.gateway.outbound;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A POST that the platform sends to a server that an organization named.
 *
 * @param url that {@link OutboundRequests#fault} had nothing against
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutboundRequest(String name, URI url, List<Map.Entry<String, String>> headers, byte[] body) {

    public OutboundRequest {
        headers = List.copyOf(headers);
    }
}
