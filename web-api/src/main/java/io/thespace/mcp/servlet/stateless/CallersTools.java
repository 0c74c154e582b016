package io.thespace.mcp.servlet.stateless;

import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpSyncNotifier;
import io.modelcontextprotocol.modern.server.McpSyncResponse;
import io.modelcontextprotocol.modern.server.feature.McpSyncTool;
import io.modelcontextprotocol.modern.server.feature.McpSyncToolRepository;
import io.modelcontextprotocol.modern.server.feature.ToolsPage;
import io.thespace.mcp.McpPage;
import io.thespace.mcp.McpTool;
import io.thespace.mcp.ToolResult;
import io.thespace.mcp.dialogue.Dialogue;
import io.thespace.mcp.servlet.message.Mapping;
import io.thespace.mcp.servlet.message.ToolCalls;
import io.thespace.mcp.servlet.message.ToolDefinitions;
import java.util.List;

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
        return Calls.run(context, call -> {
            McpPage<McpTool> page = tools.page(call, cursor);
            return new ToolsPage(page.items().stream().map(this::described).toList(), page.nextCursor(), null, null);
        });
    }

    @Override
    public McpSyncTool find(McpRequestContext context, String name) {
        return Calls.run(context, call -> {
            McpTool tool = tools.find(call, name);
            return McpSyncTool.of(
                    described(tool),
                    (calling, request) -> calling.progressToken() == null && Attempt.logLevel(calling) == null
                            ? McpSyncResponse.result(answered(calling, tool, request, null))
                            : McpSyncResponse.streaming(notifier -> answered(calling, tool, request, notifier)));
        });
    }

    /** @param notifier null when the response is not a stream */
    private McpSchema.CallToolOutcome answered(
            McpRequestContext context, McpTool tool, McpSchema.CallToolRequest request, McpSyncNotifier notifier) {
        Attempt attempt = Attempt.of(context, request.arguments(), request.inputResponses(), request.requestState());
        return Calls.run(context, call -> {
            Dialogue dialogue = attempt.dialogue(notifier);
            ToolResult result = tools.call(call, tool, request.arguments(), context.meta(), dialogue);
            McpSchema.InputRequiredResult questions =
                    result.error() ? attempt.questions(dialogue, result.refusal()) : null;
            return questions == null ? answer(result) : questions;
        });
    }

    private static McpSchema.CallToolOutcome answer(ToolResult result) {
        List<McpSchema.Content> content = result.blocks() == null
                ? List.of(McpSchema.TextContent.builder(result.text()).build())
                : Mapping.content(result.blocks(), McpSchema.Content.class);
        McpSchema.CallToolResult.Builder answer = McpSchema.CallToolResult.builder()
                .content(content)
                .isError(result.error())
                .meta(ToolCalls.meta(result));
        if (result.structured() != null) {
            answer.structuredContent(result.structured());
        }
        return answer.build();
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
                        .openWorldHint(tool.openWorld())
                        .build())
                .build();
    }
}
