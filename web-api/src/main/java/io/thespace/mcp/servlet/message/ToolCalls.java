package io.thespace.mcp.servlet.message;

import io.modelcontextprotocol.spec.McpSchema;
import io.thespace.mcp.McpPage;
import io.thespace.mcp.McpTool;
import io.thespace.mcp.ToolResult;
import io.thespace.mcp.Tools;
import io.thespace.mcp.dialogue.Dialogue;
import io.thespace.mcp.federation.remote.Federation;
import io.thespace.plugin.api.Rejection;
import io.thespace.wire.Exchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lists and calls tools for both wires, and records the calls. */
@ApplicationScoped
public class ToolCalls {

    /** The member of {@code _meta} that may bring an idempotency key. */
    private static final String META_KEY = "io.thespace/idempotency-key";

    /** The member of {@code _meta} that may name a context of the caller's. */
    private static final String META_CONTEXT = "io.thespace/context-id";

    /** The member of {@code _meta} with the reason why a tool did not succeed. */
    private static final String META_ERROR = "io.thespace/error";

    @Inject
    Tools tools;

    @Inject
    Federation federation;

    @Inject
    ContextArguments contexts;

    /**
     * A page of the tools that the caller may call.
     *
     * @throws Rejection as {@link Tools#page}
     */
    public McpPage<McpTool> page(McpCall call, String cursor) {
        return call.server() == null
                ? tools.page(call.actor(), cursor)
                : federation.tools(call.actor(), call.server(), cursor);
    }

    /**
     * A tool that the caller may call.
     *
     * @throws Rejection as {@link Tools#find}
     */
    public McpTool find(McpCall call, String name) {
        McpTool tool = call.server() == null
                ? tools.find(call.actor(), name)
                : federation.tool(call.actor(), call.server(), name);
        call.exchange().record().routed(tool.route());
        return tool;
    }

    /**
     * Calls a tool.
     *
     * @param meta the request's {@code _meta}; null for none
     * @param dialogue with the client; has the questions that the call waits for
     * @throws Rejection as {@link ContextArguments#of}
     */
    public ToolResult call(
            McpCall call, McpTool tool, Map<String, Object> arguments, Map<String, Object> meta, Dialogue dialogue) {
        Exchange exchange = call.exchange();
        Object key = meta == null ? null : meta.get(META_KEY);
        Map<String, Object> all = contexts.of(
                call.actor(),
                tool,
                arguments == null ? Map.of() : arguments,
                ContextArguments.id(meta == null ? null : meta.get(META_CONTEXT)));
        ToolResult result = checked(tools.call(
                call.actor(),
                tool,
                all,
                key == null ? exchange.idempotencyKey() : key.toString(),
                call::counted,
                dialogue,
                call.cancellation()));
        if (result.error()) {
            call.refused(result.refusal());
        } else if (result.replayed()) {
            exchange.response().setHeader("Idempotency-Replayed", "true");
        }
        return result;
    }

    /** Content of a plugin that the protocol does not define is a failure of the tool. */
    private static ToolResult checked(ToolResult result) {
        try {
            if (result.blocks() != null) {
                Mapping.content(result.blocks(), McpSchema.Content.class);
            }
            return result;
        } catch (Rejection invalid) {
            return ToolResult.refused(invalid);
        }
    }

    /** Returns the metadata of a result; null for none. */
    public static Map<String, Object> meta(ToolResult result) {
        if (!result.error()) {
            return null;
        }
        Rejection refusal = result.refusal();
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", refusal.code().name());
        if (refusal.retryAfter() != null) {
            error.put("retry_after_seconds", Math.max(1, refusal.retryAfter().toSeconds()));
        }
        if (!refusal.details().isEmpty()) {
            error.put(
                    "details",
                    refusal.details().stream()
                            .map(detail -> Map.of("field", detail.field(), "message", detail.message()))
                            .toList());
        }
        return Map.of(META_ERROR, error);
    }
}
