package io.thespace.mcp.servlet.session;

import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.spec.McpError;
import io.thespace.endpoint.Failures;
import io.thespace.mcp.servlet.message.JsonRpcErrors;
import io.thespace.mcp.servlet.message.Mapping;
import io.thespace.mcp.servlet.message.McpCall;
import io.thespace.plugin.api.Rejection;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Makes the SDK's handlers of requests. */
final class Handlers {

    private Handlers() {}

    /** The work of a handler on well-formed params. */
    @FunctionalInterface
    interface Work<P, R> {
        R run(McpCall call, P params);
    }

    /** A failure is logged here and answered by a sentence: the SDK would answer with classes and causes. */
    static <P, R> McpRequestHandler<R> of(Class<P> type, Work<P, R> work) {
        return of(type, work, Handlers::error);
    }

    /**
     * As {@link #of(Class, Work)}.
     *
     * @param error converts a rejection into the response
     */
    static <P, R> McpRequestHandler<R> of(Class<P> type, Work<P, R> work, Function<Rejection, McpError> error) {
        return (exchange, params) -> Mono.fromCallable(() -> {
            McpCall call = (McpCall) exchange.transportContext().get(McpCall.KEY);
            try {
                return work.run(call, decoded(params, type));
            } catch (McpError e) {
                throw e;
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                Rejection refusal = Failures.rejection(e);
                call.refused(refusal);
                throw error.apply(refusal);
            }
        });
    }

    private static <P> P decoded(Object params, Class<P> type) {
        try {
            return Mapping.INSTANCE.convertValue(params, type);
        } catch (IllegalArgumentException e) {
            throw invalid("The params are malformed.");
        }
    }

    static McpError invalid(String message) {
        return McpError.builder(JsonRpcErrors.INVALID_PARAMS).message(message).build();
    }

    private static McpError error(Rejection refusal) {
        return error(JsonRpcErrors.of(refusal), refusal);
    }

    static McpError error(int code, Rejection refusal) {
        return McpError.builder(code).message(refusal.getMessage()).build();
    }
}
