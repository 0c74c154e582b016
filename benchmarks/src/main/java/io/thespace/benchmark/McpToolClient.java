package io.thespace.benchmark;

import java.io.IOException;
import java.net.URI;

/** The same call of a tool, again and again, over one connection. */
final class McpToolClient implements Load.Client {

    private final HttpConnection connection;
    private final byte[] request;

    /**
     * Makes a first call, which must succeed.
     *
     * @param request head and body
     */
    McpToolClient(URI server, byte[] request) throws IOException {
        this.connection = new HttpConnection(server);
        this.request = request;
        String answer = connection.exchange(request);
        if (!answer.contains("\"done\":true") || answer.contains("\"isError\":true")) {
            throw new IOException("The tool did not do its work: " + answer);
        }
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
