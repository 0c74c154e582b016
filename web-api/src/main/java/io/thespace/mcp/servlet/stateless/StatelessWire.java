package io.thespace.mcp.servlet.stateless;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.modern.McpSchema;
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
import io.thespace.endpoint.EndpointError;
import io.thespace.mcp.servlet.message.Mapping;
import io.thespace.mcp.servlet.message.McpCall;
import io.thespace.mcp.servlet.message.ReadCalls;
import io.thespace.mcp.servlet.message.ToolCalls;
import io.thespace.mcp.servlet.message.ToolChanges;
import io.thespace.mcp.servlet.message.ToolDefinitions;
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
import java.util.Map;
import java.util.concurrent.Semaphore;
import reactor.core.scheduler.Schedulers;

/** The SDK's server of the stateless wire. A handler runs on the request's own thread. */
@ApplicationScoped
public class StatelessWire {

    /** The revision that this wire speaks. */
    public static final String VERSION = "2026-07-28";

    /** Arguments and answers are checked by the endpoint's own declaration, whose words name the member at fault. */
    private static final JsonSchemaValidator CHECKED_ELSEWHERE =
            (schema, value) -> JsonSchemaValidator.ValidationResponse.asValid(null);

    /** How many clients may wait for changes on a node. */
    private static final int MAX_LISTENERS = 1_000;

    private final McpChangeFeed feed = new McpChangeFeed();
    private final Semaphore listeners = new Semaphore(MAX_LISTENERS);
    private HttpServletMcpTransport transport;

    @Inject
    ToolCalls tools;

    @Inject
    ToolDefinitions definitions;

    @Inject
    ReadCalls reads;

    @Inject
    ToolChanges changes;

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
                .subscriptions(feed)
                .build();
        changes.listen(() -> {
            feed.broadcast(new ServerChange.ToolsListChanged());
            feed.broadcast(new ServerChange.PromptsListChanged());
            feed.broadcast(new ServerChange.ResourcesListChanged());
        });
        transport = HttpServletMcpTransport.builder(server)
                .jsonMapper(Mapping.INSTANCE)
                .endpoint("/api/mcp")
                .maxRequestSize(Configuration.get().get(Key.REQUEST_LIMIT_BYTES))
                .contextExtractor(
                        request -> McpTransportContext.create(Map.of(McpCall.KEY, request.getAttribute(McpCall.KEY))))
                // The servlet before it checks Origin for both wires.
                .httpHeaderValidator(ServerHttpHeaderValidator.NOOP)
                .build();
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
            transport.service(request, response);
            return;
        }
        if (!listeners.tryAcquire()) {
            throw Rejection.later(
                    EndpointError.BUSY,
                    "The node has as many clients that wait for changes as it may have. Try again.",
                    Duration.ofSeconds(10));
        }
        ListeningRequest listening = new ListeningRequest(request, listeners::release);
        try {
            transport.service(listening, response);
        } finally {
            if (!listening.begun()) {
                listeners.release();
            }
        }
    }
}
