package io.thespace.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The same GET through a gateway, again and again, over one connection. */
final class GatewayClient implements Load.Client {

    private final HttpConnection connection;
    private final byte[] request;

    GatewayClient(URI gateway, String prefix, String token) throws IOException {
        this.connection = new HttpConnection(gateway);
        this.request = ("GET /api/v1/gateway" + prefix + "/thing HTTP/1.1\r\nHost: " + gateway.getAuthority()
                        + "\r\nAccept: application/json\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void once() throws IOException {
        connection.exchange(request);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
