package io.thespace.restclient;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Sends no empty headers, fails every status but 200, before the two implementations treat it differently (a redirect is null on Jersey and an
 * exception on RESTEasy), and bounds the body in bytes and time. The socket's own time limit applies to each read only.
 */
final class Guard implements ClientRequestFilter, ClientResponseFilter {

    private static final String END = Guard.class.getName() + ".end";

    private final Duration limit;
    private final int maxBytes;

    Guard(Duration limit, int maxBytes) {
        this.limit = limit;
        this.maxBytes = maxBytes;
    }

    @Override
    public void filter(ClientRequestContext request) {
        request.setProperty(END, System.nanoTime() + limit.toNanos());
        // Jersey sends a header parameter that is null as an empty one.
        request.getHeaders().values().removeIf(values -> values.stream()
                .allMatch(value -> value == null || value.toString().isEmpty()));
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) throws IOException {
        InputStream body = response.getEntityStream();
        if (response.getStatus() != 200) {
            if (body != null) {
                // Gives the connection back.
                body.close();
            }
            throw new UnexpectedStatus(
                    response.getStatus(), seconds(response.getHeaderString(HttpHeaders.RETRY_AFTER)));
        }
        if (body != null) {
            response.setEntityStream(new BoundedStream(body, maxBytes, (Long) request.getProperty(END)));
        }
    }

    private static Duration seconds(String value) {
        return value != null && value.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(value)) : null;
    }
}
