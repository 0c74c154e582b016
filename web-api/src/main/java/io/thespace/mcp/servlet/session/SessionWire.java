package io.thespace.mcp.servlet.session;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpNotificationHandler;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.thespace.configuration.Version;
import io.thespace.endpoint.EndpointError;
import io.thespace.mcp.McpError;
import io.thespace.mcp.McpPage;
import io.thespace.mcp.McpSessionView;
import io.thespace.mcp.McpSessions;
import io.thespace.mcp.McpTool;
import io.thespace.mcp.ToolResult;
import io.thespace.mcp.dialogue.Dialogue;
import io.thespace.mcp.servlet.message.JsonRpcMessage;
import io.thespace.mcp.servlet.message.LogMessage;
import io.thespace.mcp.servlet.message.Mapping;
import io.thespace.mcp.servlet.message.McpCall;
import io.thespace.mcp.servlet.message.ToolCalls;
import io.thespace.mcp.servlet.message.ToolDefinitions;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.client.LogLevel;
import io.thespace.tenant.Tenant;
import io.thespace.worker.Cancellation;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * The wire with sessions, of the protocol's revisions 2025-06-18 and 2025-11-25. The SDK's session dispatches a request; the
 * sessions themselves are in the database, and one of the SDK's is made for each request. Everything runs on the request's own
 * thread.
 */
@ApplicationScoped
public class SessionWire {

    static final String LATEST = "2025-11-25";

    /** The protocol revisions of this wire, the latest first. */
    public static final List<String> VERSIONS = List.of(LATEST, "2025-06-18");

    private static final int MAX_CLIENT = 16_384;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private static final String CANCELLED = "notifications/cancelled";

    private static final McpNotificationHandler IGNORED = (exchange, params) -> Mono.empty();

    private static final Map<String, McpNotificationHandler> NOTIFICATIONS = Map.of(
            McpSchema.METHOD_NOTIFICATION_INITIALIZED,
            IGNORED,
            McpSchema.METHOD_NOTIFICATION_ROOTS_LIST_CHANGED,
            IGNORED,
            McpSchema.METHOD_NOTIFICATION_PROGRESS,
            IGNORED);

    private final Map<String, McpRequestHandler<?>> handlers = new HashMap<>();

    @Inject
    McpSessions sessions;

    @Inject
    ToolCalls tools;

    @Inject
    ToolDefinitions definitions;

    @Inject
    SessionReads reads;

    @Inject
    SessionDialogues dialogues;

    @Inject
    SessionQuestions questions;

    @Inject
    RunningRequests running;

    @PostConstruct
    void start() {
        handlers.put(McpSchema.METHOD_PING, (exchange, params) -> Mono.just(Map.of()));
        handlers.put(McpSchema.METHOD_TOOLS_LIST, Handlers.of(McpSchema.PaginatedRequest.class, this::list));
        handlers.put(McpSchema.METHOD_TOOLS_CALL, Handlers.of(McpSchema.CallToolRequest.class, this::call));
        handlers.put(McpSchema.METHOD_LOGGING_SET_LEVEL, Handlers.of(Map.class, this::logFrom));
        handlers.putAll(reads.handlers());
    }

    // Sessions
    // -------------------------------------------------------------------------------------------------------

    /**
     * An opened session.
     *
     * @param result the response to the client
     */
    public record Opened(UUID id, McpSchema.InitializeResult result) {}

    /**
     * Opens a session.
     *
     * @throws Rejection {@code PARAMS_INVALID}
     */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public Opened initialize(Actor actor, JsonRpcMessage message) {
        String client = message.params().toString();
        if (!message.params().path("protocolVersion").isTextual()
                || !message.params().path("capabilities").isObject()
                || !message.params().path("clientInfo").path("name").isTextual()
                || !message.params().path("clientInfo").path("version").isTextual()
                || client.length() > MAX_CLIENT) {
            throw new Rejection(
                    McpError.PARAMS_INVALID,
                    "initialize needs protocolVersion, capabilities and clientInfo with name and version, in at most"
                            + " 16384 characters.");
        }
        client(client);
        String wanted = message.params().path("protocolVersion").asText();
        String version = VERSIONS.contains(wanted) ? wanted : LATEST;
        try (Tenant tenant = Tenant.bind(actor.orgId())) {
            return new Opened(sessions.open(actor, version, client), result(version));
        }
    }

    @SuppressWarnings("deprecation") // later revisions have no setting of the log's level; these have
    private static McpSchema.InitializeResult result(String version) {
        return McpSchema.InitializeResult.builder(
                        version,
                        McpSchema.ServerCapabilities.builder()
                                .tools(true)
                                .resources(true, true)
                                .prompts(true)
                                .completions()
                                .logging()
                                .build(),
                        McpSchema.Implementation.builder("the-space", Version.TEXT)
                                .title("The Space")
                                .build())
                .build();
    }

    private static McpSchema.InitializeRequest client(String params) {
        try {
            return Mapping.MAPPER.readValue(params, McpSchema.InitializeRequest.class);
        } catch (java.io.IOException | IllegalArgumentException e) {
            throw new Rejection(McpError.PARAMS_INVALID, "The params of initialize are malformed.");
        }
    }

    /** A session of the caller's; empty for another user's, and for one that has ended. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public Optional<McpSessionView> find(Actor actor, String id) {
        UUID parsed;
        try {
            parsed = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        try (Tenant tenant = Tenant.bind(actor.orgId())) {
            return sessions.use(actor, parsed);
        }
    }

    /** Ends a session of the caller's. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    public void close(Actor actor, McpSessionView session) {
        try (Tenant tenant = Tenant.bind(actor.orgId())) {
            sessions.close(actor, session.id());
        }
    }

    // Messages
    // -------------------------------------------------------------------------------------------------------

    /**
     * Answers a request in a session.
     *
     * @return a response of the protocol; empty when the client cancelled the request, and expects none
     */
    @SuppressWarnings("try") // the request can be cancelled as long as it is registered
    public Optional<McpSchema.JSONRPCMessage> answer(McpCall call, JsonRpcMessage message) {
        try (Cancellation.Registration registered =
                running.begin(call.session().id(), message.id(), call.cancellation())) {
            McpSchema.JSONRPCMessage answer = dispatched(call, message);
            return call.cancellation().cancelled() ? Optional.empty() : Optional.of(answer);
        }
    }

    private McpSchema.JSONRPCMessage dispatched(McpCall call, JsonRpcMessage message) {
        Connection connection = new Connection();
        live(call.session())
                .responseStream(connection)
                .handle(new McpSchema.JSONRPCRequest(
                        message.method(), message.id(), Mapping.INSTANCE.convertValue(message.params(), Map.class)))
                .contextWrite(context ->
                        context.put(McpTransportContext.KEY, McpTransportContext.create(Map.of(McpCall.KEY, call))))
                .block();
        return connection.response();
    }

    /** Takes a notification, or the answer to a question, in a session. */
    public void accept(McpCall call, JsonRpcMessage message) {
        McpSessionView session = call.session();
        if (!message.isNotification()) {
            questions.answer(call, message.id(), message.answer());
        } else if (message.method().equals(CANCELLED)) {
            running.cancel(session.id(), message.params().path("requestId"));
        } else if (NOTIFICATIONS.containsKey(message.method())) {
            live(session)
                    .accept(new McpSchema.JSONRPCNotification(message.method(), Map.of()))
                    .block();
        }
    }

    private McpStreamableServerSession live(McpSessionView session) {
        McpSchema.InitializeRequest client = client(session.client());
        return new McpStreamableServerSession(
                session.id().toString(),
                client.capabilities(),
                client.clientInfo(),
                ANSWER_LIMIT,
                handlers,
                NOTIFICATIONS);
    }

    // Tools
    // ----------------------------------------------------------------------------------------------------------

    private McpSchema.ListToolsResult list(McpCall call, McpSchema.PaginatedRequest request) {
        McpPage<McpTool> page = tools.page(call, request.cursor());
        return McpSchema.ListToolsResult.builder(
                        page.items().stream().map(this::described).toList())
                .nextCursor(page.nextCursor())
                .build();
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

    private McpSchema.CallToolResult call(McpCall call, McpSchema.CallToolRequest request) {
        if (request.name() == null) {
            throw Handlers.invalid("tools/call needs a name.");
        }
        McpTool tool = tools.find(call, request.name());
        ToolResult result = dialogues.run(
                call, request.meta(), dialogue -> attempt(call, tool, request, dialogue), ToolResult::refused);
        McpSchema.CallToolResult.Builder answer = McpSchema.CallToolResult.builder()
                .content(
                        result.blocks() == null
                                ? List.of(McpSchema.TextContent.builder(result.text())
                                        .build())
                                : Mapping.content(result.blocks(), McpSchema.Content.class))
                .isError(result.error())
                .meta(ToolCalls.meta(result));
        return result.structured() == null
                ? answer.build()
                : answer.structuredContent(result.structured()).build();
    }

    private ToolResult attempt(McpCall call, McpTool tool, McpSchema.CallToolRequest request, Dialogue dialogue) {
        ToolResult result = tools.call(call, tool, request.arguments(), request.meta(), dialogue);
        if (result.error() && result.refusal().code() == EndpointError.INPUT_REQUIRED) {
            throw result.refusal();
        }
        return result;
    }

    // Log
    // ------------------------------------------------------------------------------------------------------------

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private Map<String, Object> logFrom(McpCall call, Map<?, ?> request) {
        LogLevel least = LogMessage.level(request.get("level"));
        if (least == null) {
            throw Handlers.invalid("level must be debug, info, notice, warning, error, critical, alert or emergency.");
        }
        try (Tenant tenant = Tenant.bind(call.actor().orgId())) {
            sessions.logFrom(call.actor(), call.session().id(), least);
        }
        return Map.of();
    }
}
