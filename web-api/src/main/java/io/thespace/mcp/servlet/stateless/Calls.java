package io.thespace.mcp.servlet.stateless;

import io.modelcontextprotocol.modern.McpException;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.thespace.endpoint.Failures;
import io.thespace.mcp.servlet.message.JsonRpcErrors;
import io.thespace.mcp.servlet.message.McpCall;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import java.util.function.Function;

/** Runs the calls that the SDK hands on. */
final class Calls {

    private Calls() {}

    /** Runs a request's call. A failure is logged here and answered by a sentence. */
    static <T> T run(McpRequestContext context, Function<McpCall, T> work) {
        return run(context, null, work);
    }

    /**
     * As {@link #run(McpRequestContext, Function)}.
     *
     * @param sought what an error reports as not found; null for nothing
     */
    static <T> T run(McpRequestContext context, Object sought, Function<McpCall, T> work) {
        McpCall call = (McpCall) context.transportContext().get(McpCall.KEY);
        try {
            return work.apply(call);
        } catch (McpException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            Rejection refusal = Failures.rejection(e);
            call.refused(refusal);
            Object data = refusal.code().kind() == Kind.NOT_FOUND ? sought : null;
            throw new McpException(JsonRpcErrors.of(refusal), refusal.getMessage(), data);
        }
    }
}
