package io.thespace.mcp.servlet.session;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import io.thespace.mcp.servlet.message.Mapping;
import reactor.core.publisher.Mono;

/**
 * The connection of one request as the SDK requires it: keeps the response for the servlet, which writes it as JSON.
 */
final class Connection implements McpStreamableServerTransport {

    private McpSchema.JSONRPCMessage response;

    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message, String messageId) {
        return sendMessage(message);
    }

    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            if (message instanceof McpSchema.JSONRPCResponse) {
                response = message;
            }
        });
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return Mapping.INSTANCE.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    /** The response to the request. */
    McpSchema.JSONRPCMessage response() {
        if (response == null) {
            throw new IllegalStateException("A request was handled without a response");
        }
        return response;
    }
}
