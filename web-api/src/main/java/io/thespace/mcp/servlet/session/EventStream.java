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
 * The answer to one request as server-sent events, from the first notification on; a request without notifications is answered with
 * JSON. One thread at a time uses it.
 */
public final class EventStream implements McpCall.Notifications {

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
    public void send(String method, Object params) {
        try {
            send(new McpSchema.JSONRPCNotification(method, params));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a message of the protocol. */
    public void send(McpSchema.JSONRPCMessage message) throws IOException {
        if (!begun) {
            begun = true;
            response.setStatus(200);
            response.setContentType("text/event-stream");
            response.setHeader("X-Accel-Buffering", "no");
        }
        OutputStream out = response.getOutputStream();
        out.write(("event: message\ndata: " + Mapping.INSTANCE.writeValueAsString(message) + "\n\n").getBytes(UTF_8));
        out.flush();
    }
}
