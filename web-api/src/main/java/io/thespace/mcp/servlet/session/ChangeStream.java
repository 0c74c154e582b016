package io.thespace.mcp.servlet.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema;
import io.thespace.log.Log;
import io.thespace.mcp.servlet.message.Mapping;
import io.thespace.wire.DrainLoop;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A stream of server-sent events on which one client waits for changes. It holds no thread, and of changes that a slow client has not
 * taken each is sent once.
 */
final class ChangeStream implements WriteListener, AsyncListener {

    private static final Log LOG = Log.of(ChangeStream.class);

    private static final byte[] OPENED = ": waiting for changes\n\n".getBytes(StandardCharsets.UTF_8);

    private final UUID orgId;
    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Consumer<ChangeStream> last;
    private final DrainLoop loop = new DrainLoop(this::flow, this::end);
    private final AtomicBoolean opened = new AtomicBoolean();
    private final Set<String> changes = new LinkedHashSet<>(); // guarded by itself
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * A stream of a session.
     *
     * @param orgId the session's organization
     * @param last is called once, when the stream is over
     */
    ChangeStream(UUID orgId, AsyncContext async, ServletOutputStream out, Consumer<ChangeStream> last) {
        this.orgId = orgId;
        this.async = async;
        this.out = out;
        this.last = last;
    }

    /** Begins, on the request's own thread. */
    void open() {
        async.addListener(this);
        out.setWriteListener(this);
    }

    UUID orgId() {
        return orgId;
    }

    /** Sends that lists have changed: {@code tools}, {@code prompts} or {@code resources}. */
    void listsChanged(List<String> lists) {
        synchronized (changes) {
            lists.forEach(list ->
                    changes.add("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/%s/list_changed\"}".formatted(list)));
        }
        loop.run();
    }

    /** Sends that a resource has changed, to which the session is subscribed. */
    void updated(String uri) {
        ObjectNode notification = Mapping.MAPPER
                .createObjectNode()
                .put("jsonrpc", "2.0")
                .put("method", McpSchema.METHOD_NOTIFICATION_RESOURCES_UPDATED);
        notification.putObject("params").put("uri", uri);
        synchronized (changes) {
            changes.add(notification.toString());
        }
        loop.run();
    }

    private byte[] pending() {
        synchronized (changes) {
            String events = changes.stream()
                    .map("event: message\ndata: %s\n\n"::formatted)
                    .collect(Collectors.joining());
            changes.clear();
            return events.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Ends the stream. */
    void close() {
        closed.set(true);
        loop.run();
    }

    @Override
    public void onWritePossible() {
        loop.run();
    }

    private void flow() throws IOException {
        while (!over.get() && out.isReady()) {
            byte[] events = opened.compareAndSet(false, true) ? OPENED : pending();
            if (events.length > 0) {
                send(events);
            } else if (closed.get()) {
                end(null);
            } else {
                return;
            }
        }
    }

    private void send(byte[] event) throws IOException {
        out.write(event);
        if (out.isReady()) {
            out.flush();
        }
    }

    private void end(Throwable cause) {
        if (over.compareAndSet(false, true)) {
            if (cause != null) {
                LOG.info("The connection was lost", "cause", String.valueOf(cause.getMessage()));
            }
            last.accept(this);
            try {
                async.complete();
            } catch (IllegalStateException e) {
                LOG.info("The container had ended the request", "cause", String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public void onError(Throwable cause) {
        end(cause);
    }

    @Override
    public void onError(AsyncEvent event) {
        end(event.getThrowable() == null ? new IOException("The container reports an error") : event.getThrowable());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end(null);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end(null);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // It starts once.
    }
}
