package io.thespace.mcp.servlet.session;

import io.thespace.log.Log;
import io.thespace.mcp.McpSessionView;
import io.thespace.mcp.change.ListenerReviews;
import io.thespace.mcp.change.ResourceChanges;
import io.thespace.mcp.change.Subscriptions;
import io.thespace.mcp.servlet.message.ListenerPlaces;
import io.thespace.mcp.servlet.message.McpCall;
import io.thespace.mcp.servlet.message.ToolChanges;
import io.thespace.metrics.Meters;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.request.RequestLog;
import io.thespace.tenant.Tenant;
import io.thespace.worker.Workers;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/** The streams on which this node's clients with sessions wait for changes, one for each session. */
@ApplicationScoped
public class ChangeStreams {

    private static final Log LOG = Log.of(ChangeStreams.class);

    private static final List<String> LISTS = List.of("tools", "prompts", "resources");
    private static final int MAX_UPDATES = 1_000;

    private final Map<UUID, ChangeStream> streams = new ConcurrentHashMap<>();
    private final ListenerPlaces places = new ListenerPlaces();

    @Inject
    ToolChanges changes;

    @Inject
    ResourceChanges resources;

    @Inject
    Subscriptions subscriptions;

    @Inject
    ListenerReviews reviews;

    @Resource
    ManagedThreadFactory threads;

    private Workers updates;

    @Inject
    Meters meters;

    @Inject
    RequestLog requests;

    @PostConstruct
    void start() {
        updates = new Workers("mcp updates", 1, MAX_UPDATES, threads);
        changes.listen(() -> {
            streams.values().forEach(stream -> stream.listsChanged(LISTS));
            streams.values().stream()
                    .map(ChangeStream::orgId)
                    .distinct()
                    .forEach(orgId -> updated(orgId, ToolChanges.RESOURCES));
        });
        resources.listen(this::updated, orgId -> of(orgId).forEach(id -> {
            ChangeStream stream = streams.get(id);
            if (stream != null) {
                stream.listsChanged(List.of("prompts"));
            }
        }));
    }

    /** The sessions of an organization that have a stream. */
    private List<UUID> of(UUID orgId) {
        return streams.entrySet().stream()
                .filter(entry -> entry.getValue().orgId().equals(orgId))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void updated(UUID orgId, List<String> uris) {
        List<UUID> sessions = of(orgId);
        if (sessions.isEmpty()) {
            return;
        }
        try {
            updates.execute(() -> subscribers(orgId, sessions, uris).forEach(subscriber -> {
                ChangeStream stream = streams.get(subscriber.session());
                if (stream != null) {
                    stream.updated(subscriber.uri());
                }
            }));
        } catch (RejectedExecutionException e) {
            LOG.warning("Updates of resources were dropped", "waiting", MAX_UPDATES);
        }
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private List<Subscriptions.Subscriber> subscribers(UUID orgId, List<UUID> sessions, List<String> uris) {
        try (Tenant tenant = Tenant.bind(orgId)) {
            return subscriptions.of(Actor.platform(orgId, "mcp-updates"), sessions, uris);
        }
    }

    @PreDestroy
    void stop() {
        streams.values().forEach(ChangeStream::close);
        updates.close();
    }

    /**
     * Opens the stream of a session; one that it had before on this node ends.
     *
     * @throws Rejection {@code BUSY}
     */
    public void open(McpCall call, McpSessionView session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        close(session);
        Runnable release = places.take(call, reviews);
        try {
            open(call, session, release, request, response);
        } catch (IOException | RuntimeException e) {
            release.run();
            throw e;
        }
    }

    private void open(
            McpCall call,
            McpSessionView session,
            Runnable release,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        response.setStatus(200);
        response.setContentType("text/event-stream");
        response.setHeader("X-Accel-Buffering", "no");
        call.exchange().handOver();
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(ListenerPlaces.LIFETIME.toMillis());
        ChangeStream stream = new ChangeStream(call.actor().orgId(), async, response.getOutputStream(), ended -> {
            release.run();
            streams.remove(session.id(), ended);
            Log.actor(call.actor());
            call.exchange().completed(meters, requests);
            Log.actor(null);
        });
        ChangeStream before = streams.put(session.id(), stream);
        if (before != null) {
            before.close();
        }
        stream.open();
        call.cancellation().onCancel(stream::close);
    }

    /** Ends the stream of a session, if this node has it. */
    public void close(McpSessionView session) {
        ChangeStream stream = streams.get(session.id());
        if (stream != null) {
            stream.close();
        }
    }
}
