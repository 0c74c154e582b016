package io.thespace.mcp.servlet.stateless;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpSyncResponse;
import io.modelcontextprotocol.modern.server.feature.McpSyncPrompt;
import io.modelcontextprotocol.modern.server.feature.McpSyncPromptRepository;
import io.modelcontextprotocol.modern.server.feature.PromptsPage;
import io.thespace.mcp.McpPage;
import io.thespace.mcp.McpPrompt;
import io.thespace.mcp.dialogue.Dialogue;
import io.thespace.mcp.servlet.message.Mapping;
import io.thespace.mcp.servlet.message.ReadCalls;
import io.thespace.plugin.api.Rejection;

/** The prompts that the caller of a request may use, at list and at use. */
final class CallersPrompts implements McpSyncPromptRepository {

    private final ReadCalls reads;

    CallersPrompts(ReadCalls reads) {
        this.reads = reads;
    }

    @Override
    public PromptsPage list(McpRequestContext context, String cursor) {
        McpPage<McpPrompt> page = Calls.run(context, call -> reads.prompts(call, cursor));
        return new PromptsPage(
                page.items().stream().map(CallersPrompts::described).toList(), page.nextCursor(), null, null);
    }

    private static McpSchema.Prompt described(McpPrompt prompt) {
        return McpSchema.Prompt.builder(prompt.name())
                .title(prompt.title())
                .description(prompt.description())
                .arguments(prompt.arguments().stream()
                        .map(argument -> McpSchema.PromptArgument.builder(argument.name())
                                .description(argument.description())
                                .required(argument.required())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public McpSyncPrompt find(McpRequestContext context, String name) {
        return McpSyncPrompt.of(
                        described(Calls.run(context, call -> reads.described(call, name))),
                        (using, request) -> McpSyncResponse.result(messages(using, name, request)))
                .withCompletionHandler((completing, request) -> CallersResources.completed(Calls.run(
                        completing,
                        call -> reads.argument(
                                call,
                                name,
                                request.argument().name(),
                                request.argument().value()))));
    }

    private McpSchema.GetPromptOutcome messages(
            McpRequestContext context, String name, McpSchema.GetPromptRequest request) {
        Attempt attempt = Attempt.of(context, request.arguments(), request.inputResponses(), request.requestState());
        return Calls.run(context, call -> {
            Dialogue dialogue = attempt.dialogue(null);
            try {
                return result(reads.prompt(call, name, request.arguments(), dialogue));
            } catch (Rejection refusal) {
                McpSchema.InputRequiredResult questions = attempt.questions(dialogue, refusal);
                if (questions == null) {
                    throw refusal;
                }
                return questions;
            }
        });
    }

    private static McpSchema.GetPromptOutcome result(ArrayNode messages) {
        return McpSchema.GetPromptResult.builder(Mapping.content(messages, McpSchema.PromptMessage.class))
                .build();
    }

    @Override
    public boolean supportsCompletion() {
        return true;
    }
}
