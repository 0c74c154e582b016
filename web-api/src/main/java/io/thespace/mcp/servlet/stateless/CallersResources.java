package io.thespace.mcp.servlet.stateless;

import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpSyncResponse;
import io.modelcontextprotocol.modern.server.feature.McpSyncResource;
import io.modelcontextprotocol.modern.server.feature.McpSyncResourceRepository;
import io.modelcontextprotocol.modern.server.feature.McpSyncResourceTemplate;
import io.modelcontextprotocol.modern.server.feature.ResourceTemplatesPage;
import io.modelcontextprotocol.modern.server.feature.ResourcesPage;
import io.thespace.mcp.Completion;
import io.thespace.mcp.McpContent;
import io.thespace.mcp.McpPage;
import io.thespace.mcp.McpResourceEntry;
import io.thespace.mcp.servlet.message.ReadCalls;
import java.util.Map;

/** The resources that the caller of a request may read, at list and at read. */
final class CallersResources implements McpSyncResourceRepository {

    private final ReadCalls reads;

    CallersResources(ReadCalls reads) {
        this.reads = reads;
    }

    @Override
    public ResourcesPage list(McpRequestContext context, String cursor) {
        McpPage<McpResourceEntry> page = Calls.run(context, call -> reads.resources(call, false, cursor));
        return new ResourcesPage(
                page.items().stream().map(CallersResources::described).toList(), page.nextCursor(), null, null);
    }

    private static McpSchema.Resource described(McpResourceEntry entry) {
        return McpSchema.Resource.builder(entry.uri(), entry.name())
                .title(entry.title())
                .description(entry.description())
                .mimeType(entry.mediaType())
                .build();
    }

    @Override
    public ResourceTemplatesPage listTemplates(McpRequestContext context, String cursor) {
        McpPage<McpResourceEntry> page = Calls.run(context, call -> reads.resources(call, true, cursor));
        return new ResourceTemplatesPage(
                page.items().stream()
                        .map(entry -> McpSchema.ResourceTemplate.builder(entry.uri(), entry.name())
                                .title(entry.title())
                                .description(entry.description())
                                .mimeType(entry.mediaType())
                                .build())
                        .toList(),
                page.nextCursor(),
                null,
                null);
    }

    @Override
    public McpSyncResource find(McpRequestContext context, String uri) {
        return McpSyncResource.of((reading, request) -> Calls.run(
                reading,
                Map.of("uri", uri),
                call -> McpSyncResponse.result(McpSchema.ReadResourceResult.builder(reads.resource(call, uri).stream()
                                .map(CallersResources::contents)
                                .toList())
                        .build())));
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

    @Override
    public boolean supportsSubscribe() {
        return true;
    }

    @Override
    public boolean supportsCompletion() {
        return true;
    }

    @Override
    public McpSyncResourceTemplate findTemplate(McpRequestContext context, String uriTemplate) {
        return McpSyncResourceTemplate.of(McpSchema.ResourceTemplate.builder(uriTemplate, uriTemplate)
                        .build())
                .withCompletionHandler((completing, request) -> completed(Calls.run(
                        completing,
                        call -> reads.parameter(
                                call,
                                uriTemplate,
                                request.argument().name(),
                                request.argument().value()))));
    }

    static McpSchema.CompleteResult completed(Completion completion) {
        return McpSchema.CompleteResult.of(
                new McpSchema.CompleteResult.Completion(completion.values(), null, completion.more()));
    }
}
