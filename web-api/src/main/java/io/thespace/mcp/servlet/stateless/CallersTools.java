package io.thespace.mcp.servlet.stateless;

import io.modelcontextprotocol.modern.McpException;
import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpSyncResponse;
import io.modelcontextprotocol.modern.server.feature.McpSyncTool;
import io.modelcontextprotocol.modern.server.feature.McpSyncToolRepository;
import io.modelcontextprotocol.modern.server.feature.ToolsPage;
import io.thespace.endpoint.Failures;
import io.thespace.mcp.McpTool;
import io.thespace.mcp.ToolPage;
import io.thespace.mcp.ToolResult;
import io.thespace.mcp.servlet.message.JsonRpcErrors;
import io.thespace.mcp.servlet.message.McpCall;
import io.thespace.mcp.servlet.message.ToolCalls;
import io.thespace.mcp.servlet.message.ToolDefinitions;
import io.thespace.plugin.api.Rejection;
import java.util.function.Supplier;

/** The tools that the caller of a request may call, at list and at call. */
final class CallersTools implements McpSyncToolRepository {

    private final ToolCalls tools;
    private final ToolDefinitions definitions;

    CallersTools(ToolCalls tools, ToolDefinitions definitions) {
        this.tools = tools;
        this.definitions = definitions;
    }

    @Override
    public ToolsPage list(McpRequestContext context, String cursor) {
        return refusing(() -> {
            ToolPage page = tools.page(call(context), cursor);
            return new ToolsPage(page.tools().stream().map(this::described).toList(), page.nextCursor(), null, null);
        });
    }

    @Override
    public McpSyncTool find(McpRequestContext context, String name) {
        return refusing(() -> {
            McpTool tool = tools.find(call(context), name);
            return McpSyncTool.of(
                    described(tool), (calling, request) -> refusing(() -> answered(calling, tool, request)));
        });
    }

    private McpSyncResponse<McpSchema.CallToolOutcome> answered(
            McpRequestContext context, McpTool tool, McpSchema.CallToolRequest request) {
        ToolResult result = tools.call(call(context), tool, request.arguments(), context.meta());
        McpSchema.CallToolResult.Builder answer = McpSchema.CallToolResult.builder()
                .addContent(McpSchema.TextContent.builder(result.text()).build())
                .isError(result.error())
                .meta(ToolCalls.meta(result));
        if (result.structured() != null) {
            answer.structuredContent(result.structured());
        }
        return McpSyncResponse.result(answer.build());
    }

    private McpSchema.Tool described(McpTool tool) {
        ToolDefinitions.Definition definition = definitions.of(tool);
        return McpSchema.Tool.builder(tool.name(), definition.input())
                .title(tool.title())
                .description(tool.description())
                .outputSchema(definition.output())
                .annotations(McpSchema.ToolAnnotations.builder()
                        .readOnlyHint(tool.readOnly())
                        .destructiveHint(tool.destructive())
                        .idempotentHint(tool.idempotent())
                        .openWorldHint(false)
                        .build())
                .build();
    }

    private static McpCall call(McpRequestContext context) {
        return (McpCall) context.transportContext().get(McpCall.KEY);
    }

    /** A failure is logged here and answered by a sentence. */
    private static <T> T refusing(Supplier<T> work) {
        try {
            return work.get();
        } catch (McpException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            Rejection refusal = Failures.rejection(e);
            throw new McpException(JsonRpcErrors.of(refusal), refusal.getMessage());
        }
    }
}
