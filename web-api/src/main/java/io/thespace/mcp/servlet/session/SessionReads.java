package io.thespace.mcp.servlet.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.thespace.mcp.Completion;
import io.thespace.mcp.McpContent;
import io.thespace.mcp.McpPage;
import io.thespace.mcp.McpPrompt;
import io.thespace.mcp.McpResourceEntry;
import io.thespace.mcp.Resources;
import io.thespace.mcp.change.Subscriptions;
import io.thespace.mcp.servlet.message.JsonRpcErrors;
import io.thespace.mcp.servlet.message.Mapping;
import io.thespace.mcp.servlet.message.McpCall;
import io.thespace.mcp.servlet.message.ReadCalls;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Resources, prompts and completion on the wire that has sessions. */
@ApplicationScoped
class SessionReads {

    @Inject
    ReadCalls reads;

    @Inject
    SessionDialogues dialogues;

    @Inject
    Subscriptions subscriptions;

    /** The handlers by method. */
    Map<String, McpRequestHandler<?>> handlers() {
        return Map.of(
                McpSchema.METHOD_RESOURCES_LIST,
                Handlers.of(McpSchema.PaginatedRequest.class, this::resources),
                McpSchema.METHOD_RESOURCES_TEMPLATES_LIST,
                Handlers.of(McpSchema.PaginatedRequest.class, this::templates),
                McpSchema.METHOD_RESOURCES_SUBSCRIBE,
                Handlers.of(McpSchema.SubscribeRequest.class, this::subscribe, SessionReads::unread),
                McpSchema.METHOD_RESOURCES_UNSUBSCRIBE,
                Handlers.of(McpSchema.UnsubscribeRequest.class, this::unsubscribe, SessionReads::unread),
                McpSchema.METHOD_RESOURCES_READ,
                Handlers.of(McpSchema.ReadResourceRequest.class, this::read, SessionReads::unread),
                McpSchema.METHOD_PROMPT_LIST,
                Handlers.of(McpSchema.PaginatedRequest.class, this::prompts),
                McpSchema.METHOD_PROMPT_GET,
                Handlers.of(McpSchema.GetPromptRequest.class, this::prompt),
                McpSchema.METHOD_COMPLETION_COMPLETE,
                Handlers.of(McpSchema.CompleteRequest.class, this::complete));
    }

    /** Resources that there are not have a code of their own in these revisions. */
    private static McpError unread(Rejection refusal) {
        return Handlers.error(
                refusal.code().kind() == Kind.NOT_FOUND
                        ? McpSchema.ErrorCodes.RESOURCE_NOT_FOUND
                        : JsonRpcErrors.of(refusal),
                refusal);
    }

    private McpSchema.ListResourcesResult resources(McpCall call, McpSchema.PaginatedRequest request) {
        McpPage<McpResourceEntry> page = reads.resources(call, false, request.cursor());
        List<McpSchema.Resource> resources = page.items().stream()
                .map(entry -> McpSchema.Resource.builder(entry.uri(), entry.name())
                        .title(entry.title())
                        .description(entry.description())
                        .mimeType(entry.mediaType())
                        .build())
                .toList();
        return McpSchema.ListResourcesResult.builder(resources)
                .nextCursor(page.nextCursor())
                .build();
    }

    private McpSchema.ListResourceTemplatesResult templates(McpCall call, McpSchema.PaginatedRequest request) {
        McpPage<McpResourceEntry> page = reads.resources(call, true, request.cursor());
        List<McpSchema.ResourceTemplate> templates = page.items().stream()
                .map(entry -> McpSchema.ResourceTemplate.builder(entry.uri(), entry.name())
                        .title(entry.title())
                        .description(entry.description())
                        .mimeType(entry.mediaType())
                        .build())
                .toList();
        return McpSchema.ListResourceTemplatesResult.builder(templates)
                .nextCursor(page.nextCursor())
                .build();
    }

    private McpSchema.ReadResourceResult read(McpCall call, McpSchema.ReadResourceRequest request) {
        return new McpSchema.ReadResourceResult(
                reads.resource(call, needed(request.uri(), "resources/read needs a uri.")).stream()
                        .map(SessionReads::contents)
                        .toList(),
                null);
    }

    private static McpSchema.ResourceContents contents(McpContent content) {
        return content.text() != null
                ? McpSchema.TextResourceContents.builder(content.uri(), content.text())
                        .mimeType(content.mediaType())
                        .build()
                : McpSchema.BlobResourceContents.builder(content.uri(), content.base64())
                        .mimeType(content.mediaType())
                        .build();
    }

    /** Subscribing requires permission to read the resource. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private Map<String, Object> subscribe(McpCall call, McpSchema.SubscribeRequest request) {
        String uri = needed(request.uri(), "resources/subscribe needs a uri.");
        String read = Resources.canonical(uri);
        reads.resource(call, uri);
        try (Tenant tenant = Tenant.bind(call.actor().orgId())) {
            subscriptions.subscribe(call.actor(), call.session().id(), read);
        }
        return Map.of();
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private Map<String, Object> unsubscribe(McpCall call, McpSchema.UnsubscribeRequest request) {
        String uri = Resources.canonical(needed(request.uri(), "resources/unsubscribe needs a uri."));
        try (Tenant tenant = Tenant.bind(call.actor().orgId())) {
            subscriptions.unsubscribe(call.actor(), call.session().id(), uri);
        }
        return Map.of();
    }

    private McpSchema.ListPromptsResult prompts(McpCall call, McpSchema.PaginatedRequest request) {
        McpPage<McpPrompt> page = reads.prompts(call, request.cursor());
        List<McpSchema.Prompt> prompts = page.items().stream()
                .map(prompt -> McpSchema.Prompt.builder(prompt.name())
                        .title(prompt.title())
                        .description(prompt.description())
                        .arguments(prompt.arguments().stream()
                                .map(argument -> McpSchema.PromptArgument.builder(argument.name())
                                        .description(argument.description())
                                        .required(argument.required())
                                        .build())
                                .toList())
                        .build())
                .toList();
        return McpSchema.ListPromptsResult.builder(prompts)
                .nextCursor(page.nextCursor())
                .build();
    }

    private McpSchema.GetPromptResult prompt(McpCall call, McpSchema.GetPromptRequest request) {
        String name = needed(request.name(), "prompts/get needs a name.");
        ArrayNode messages = dialogues.run(
                call, request.meta(), dialogue -> reads.prompt(call, name, request.arguments(), dialogue), refusal -> {
                    throw refusal;
                });
        return McpSchema.GetPromptResult.builder(Mapping.content(messages, McpSchema.PromptMessage.class))
                .build();
    }

    private McpSchema.CompleteResult complete(McpCall call, McpSchema.CompleteRequest request) {
        if (request.argument() == null || request.argument().name() == null) {
            throw Handlers.invalid("completion/complete needs an argument with its name.");
        }
        String name = request.argument().name();
        String beginning = request.argument().value();
        Completion completion;
        if (request.ref() instanceof McpSchema.ResourceReference template) {
            completion = reads.parameter(call, needed(template.uri(), "ref/resource needs a uri."), name, beginning);
        } else if (request.ref() instanceof McpSchema.PromptReference prompt) {
            completion = reads.argument(call, needed(prompt.name(), "ref/prompt needs a name."), name, beginning);
        } else {
            throw Handlers.invalid("completion/complete needs a ref of the type ref/resource or ref/prompt.");
        }
        return new McpSchema.CompleteResult(
                new McpSchema.CompleteResult.CompleteCompletion(completion.values(), null, completion.more()));
    }

    private static String needed(String value, String otherwise) {
        if (value == null) {
            throw Handlers.invalid(otherwise);
        }
        return value;
    }
}
