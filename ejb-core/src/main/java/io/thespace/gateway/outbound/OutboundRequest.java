package io.thespace.gateway.outbound;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A POST request of the platform to a server that an organization configured.
 *
 * @param url that {@link OutboundRequests#fault} accepts
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutboundRequest(String name, URI url, List<Map.Entry<String, String>> headers, byte[] body) {

    public OutboundRequest {
        headers = List.copyOf(headers);
    }
}
