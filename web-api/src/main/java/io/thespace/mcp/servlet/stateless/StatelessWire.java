package io.thespace.mcp.servlet.stateless;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.modern.McpException;
import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.server.HmacRequestStateCodec;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpServer;
import io.modelcontextprotocol.modern.server.feature.McpChangeFeed;
import io.modelcontextprotocol.modern.server.feature.PromptsFeature;
import io.modelcontextprotocol.modern.server.feature.ResourcesFeature;
import io.modelcontextprotocol.modern.server.feature.ServerChange;
import io.modelcontextprotocol.modern.server.feature.ToolsFeature;
import io.modelcontextprotocol.modern.server.transport.HttpServletMcpTransport;
import io.modelcontextprotocol.server.transport.ServerHttpHeaderValidator;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.configuration.Version;
import io.thespace.identity.key.Secrets;
import io.thespace.mcp.Resources;
import io.thespace.mcp.change.ListenerReviews;
import io.thespace.mcp.change.ResourceChanges;
import io.thespace.mcp.change.Subscriptions;
import io.thespace.mcp.servlet.message.JsonRpcErrors;
import io.thespace.mcp.servlet.message.ListenerPlaces;
import io.thespace.mcp.servlet.message.Mapping;
import io.thespace.mcp.servlet.message.McpCall;
import io.thespace.mcp.servlet.message.ReadCalls;
import io.thespace.mcp.servlet.message.ToolCalls;
import io.thespace.mcp.servlet.message.ToolChanges;
import io.thespace.mcp.servlet.message.ToolDefinitions;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The SDK's server of the stateless wire. A handler runs on the request's own thread. */
@ApplicationScoped
public class StatelessWire {

    /** The protocol revision of this wire. */
    public static final String VERSION = "2026-07-28";

    /** Arguments and answers are checked by the endpoint's own declaration, whose words name the member at fault. */
    private static final JsonSchemaValidator CHECKED_ELSEWHERE =
            (schema, value) -> JsonSchemaValidator.ValidationResponse.asValid(null);

    /** The time limit of a client for answering questions. */
    private static final Duration STATE_LIMIT = Duration.ofMinutes(10);

    /** The interval at which closed streams of calls are detected. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(3);

    /** The call that this thread answers with a stream of changes. */
    private static final ThreadLocal<McpCall> LISTENER = new ThreadLocal<>();

    private final McpChangeFeed feed = new McpChangeFeed();
    private final ListenerPlaces listeners = new ListenerPlaces();
    private HttpServletMcpTransport transport;

    @Inject
    ToolCalls tools;

    @Inject
    ToolDefinitions definitions;

    @Inject
    ReadCalls reads;

    @Inject
    ToolChanges changes;

    @Inject
    ResourceChanges resources;

    @Inject
    ListenerReviews reviews;

    @Inject
    Secrets secrets;

    @PostConstruct
    void start() {
        McpServer server = McpServer.builder()
                .serverInfo(McpSchema.Implementation.builder("the-space", Version.TEXT)
                        .title("The Space")
                        .build())
                .jsonMapper(Mapping.INSTANCE)
                .feature(ToolsFeature.ofSync(
                        new CallersTools(tools, definitions),
                        Mapping.INSTANCE,
                        CHECKED_ELSEWHERE,
                        0,
                        McpSchema.CacheScope.PRIVATE))
                .feature(ResourcesFeature.ofSync(
                        new CallersResources(reads), Mapping.INSTANCE, 0, McpSchema.CacheScope.PRIVATE))
                .feature(PromptsFeature.ofSync(
                        new CallersPrompts(reads), Mapping.INSTANCE, 0, McpSchema.CacheScope.PRIVATE))
                .requestStateCodec(HmacRequestStateCodec.builder()
                        .key(secrets.secret("mcp-request-state"))
                        .ttl(STATE_LIMIT)
                        .jsonMapper(Mapping.INSTANCE)
                        .principalExtractor(StatelessWire::principal)
                        .build())
                .subscriptions(this::changesForCaller)
                .restrictSubscriptions(
                        (context, requested, honoured) -> Mono.fromCallable(() -> readable(context, honoured)))
                .build();
        changes.listen(() -> {
            feed.broadcast(new ServerChange.ToolsListChanged());
            feed.broadcast(new ServerChange.PromptsListChanged());
            feed.broadcast(new ServerChange.ResourcesListChanged());
            ToolChanges.RESOURCES.forEach(uri -> feed.broadcast(new ServerChange.ResourceUpdated(uri)));
        });
        resources.listen(
                (orgId, uris) -> uris.forEach(
                        uri -> feed.broadcast(new InOrganization(orgId, new ServerChange.ResourceUpdated(uri)))),
                orgId -> feed.broadcast(new InOrganization(orgId, new ServerChange.PromptsListChanged())));
        transport = HttpServletMcpTransport.builder(server)
                .jsonMapper(Mapping.INSTANCE)
                .endpoint("/api/mcp")
                .maxRequestSize(Configuration.get().get(Key.REQUEST_LIMIT_BYTES))
                .contextExtractor(
                        request -> McpTransportContext.create(Map.of(McpCall.KEY, request.getAttribute(McpCall.KEY))))
                // The servlet before it checks Origin for both wires.
                .httpHeaderValidator(ServerHttpHeaderValidator.NOOP)
                .keepAliveInterval(KEEP_ALIVE)
                .build();
    }

    /** The principal of a state: another user cannot continue with it. */
    private static String principal(McpTransportContext context) {
        Actor actor = ((McpCall) context.get(McpCall.KEY)).actor();
        return actor.orgId() + "/" + actor.userId();
    }

    /**
     * The SDK subscribes on the request's own thread. It sets no time limit for the request: when there are no more changes, it
     * answers and ends the stream.
     */
    private Flux<ServerChange> changesForCaller() {
        McpCall call = LISTENER.get();
        UUID orgId = call.actor().orgId();
        return feed.changes()
                .filter(change -> InOrganization.concerns(orgId, change))
                .takeUntilOther(Mono.create(end -> call.cancellation().onCancel(end::success)))
                .take(ListenerPlaces.LIFETIME);
    }

    /** The resources that the client may read, of those for which it requested notifications. */
    private McpSchema.SubscriptionFilter readable(McpRequestContext context, McpSchema.SubscriptionFilter honoured) {
        List<String> uris = honoured.resourceSubscriptionsOrEmpty();
        if (uris.size() > Subscriptions.MAX_SUBSCRIPTIONS) {
            throw new McpException(
                    JsonRpcErrors.REFUSED, Subscriptions.exceeded().getMessage());
        }
        List<String> readable =
                uris.stream().filter(uri -> readable(context, uri)).toList();
        return honoured.with(McpSchema.SubscriptionFilter.RESOURCE_SUBSCRIPTIONS, readable.isEmpty() ? null : readable);
    }

    private boolean readable(McpRequestContext context, String uri) {
        try {
            return Calls.run(context, call -> {
                reads.resource(call, uri);
                return Resources.canonical(uri).equals(uri);
            });
        } catch (McpException refused) {
            return false;
        }
    }

    @PreDestroy
    void stop() {
        transport.closeGracefully();
        if (Schedulers.class.getClassLoader() == StatelessWire.class.getClassLoader()) {
            // Payara's own Reactor is the server's, and lives on.
            Schedulers.shutdownNow();
        }
    }

    /**
     * Answers a request, whose body is still to be read.
     *
     * @param method of the message in the body
     * @throws Rejection {@code BUSY}
     */
    public void answer(McpCall call, String method, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.setAttribute(McpCall.KEY, call);
        if (!method.equals("subscriptions/listen")) {
            transport.service(request, new WatchedResponse(response, () -> call.cancellation()
                    .cancel()));
            return;
        }
        Runnable release = listeners.take(call, reviews);
        ListeningRequest listening = new ListeningRequest(request, release);
        LISTENER.set(call);
        try {
            transport.service(listening, response);
        } finally {
            LISTENER.remove();
            if (!listening.begun()) {
                release.run();
            }
        }
    }
}
