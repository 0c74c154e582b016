package io.thespace.mcp.servlet.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelcontextprotocol.spec.McpSchema;
import io.thespace.mcp.servlet.message.Mapping;
import io.thespace.mcp.servlet.message.McpCall;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * The answer to one request as server-sent events, from the first message before the response on; a request without such messages is
 * answered with JSON. One thread at a time uses it.
 */
public final class EventStream implements McpCall.ClientStream {

    private final HttpServletResponse response;
    private boolean begun;

    public EventStream(HttpServletResponse response) {
        this.response = response;
    }

    /** Whether something was sent, so that the response has to be an event, too. */
    public boolean begun() {
        return begun;
    }

    @Override
    public void notification(String method, Object params) {
        sendNow(new McpSchema.JSONRPCNotification(method, params));
    }

    @Override
    public void request(String id, String method, Object params) {
        sendNow(new McpSchema.JSONRPCRequest(method, id, params));
    }

    @Override
    public void keepAlive() {
        try {
            write(":\n\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sendNow(McpSchema.JSONRPCMessage message) {
        try {
            send(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a message of the protocol. */
    public void send(McpSchema.JSONRPCMessage message) throws IOException {
        write("event: message\ndata: " + Mapping.INSTANCE.writeValueAsString(message) + "\n\n");
    }

    /** Begins the answer, which has no message when none follows. */
    public void begin() {
        if (!begun) {
            begun = true;
            response.setStatus(200);
            response.setContentType("text/event-stream");
            response.setHeader("X-Accel-Buffering", "no");
        }
    }

    private void write(String event) throws IOException {
        begin();
        OutputStream out = response.getOutputStream();
        out.write(event.getBytes(UTF_8));
        out.flush();
    }
}
