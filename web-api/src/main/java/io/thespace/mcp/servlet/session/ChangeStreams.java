package io.thespace.mcp.servlet.session;

import io.thespace.endpoint.EndpointError;
import io.thespace.log.Log;
import io.thespace.mcp.McpSessionView;
import io.thespace.mcp.servlet.message.McpCall;
import io.thespace.mcp.servlet.message.ToolChanges;
import io.thespace.metrics.Meters;
import io.thespace.plugin.api.Rejection;
import io.thespace.request.RequestLog;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The streams on which this node's clients with sessions wait for changes, one for each session. */
@ApplicationScoped
public class ChangeStreams {

    /** How many there may be on a node. */
    static final int MAX_STREAMS = 1_000;

    /** After that the client opens another one, and its token is checked again. */
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final Map<UUID, ChangeStream> streams = new ConcurrentHashMap<>();

    @Inject
    ToolChanges changes;

    @Inject
    Meters meters;

    @Inject
    RequestLog requests;

    @PostConstruct
    void start() {
        changes.listen(() -> streams.values().forEach(ChangeStream::changed));
    }

    @PreDestroy
    void stop() {
        streams.values().forEach(ChangeStream::close);
    }

    /**
     * Opens the stream of a session; one that it had before on this node ends.
     *
     * @throws Rejection {@code BUSY}
     */
    public void open(McpCall call, McpSessionView session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (streams.size() >= MAX_STREAMS) {
            throw Rejection.later(
                    EndpointError.BUSY,
                    "The node has as many clients that wait for changes as it may have. Try again.",
                    Duration.ofSeconds(10));
        }
        response.setStatus(200);
        response.setContentType("text/event-stream");
        response.setHeader("X-Accel-Buffering", "no");
        call.exchange().handOver();
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(LIFETIME.toMillis());
        ChangeStream stream = new ChangeStream(async, response.getOutputStream(), ended -> {
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
    }

    /** Ends the stream of a session, if this node has it. */
    public void close(McpSessionView session) {
        ChangeStream stream = streams.get(session.id());
        if (stream != null) {
            stream.close();
        }
    }
}
