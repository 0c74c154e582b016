package io.thespace.mcp.servlet.session;

import io.thespace.log.Log;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stream of server-sent events on which one client waits for changes. It holds no thread, and what a slow client has not taken
 * becomes one event.
 */
final class ChangeStream implements WriteListener, AsyncListener {

    private static final Log LOG = Log.of(ChangeStream.class);

    private static final byte[] OPENED = ": waiting for changes\n\n".getBytes(StandardCharsets.UTF_8);

    private static final byte[] CHANGED = Stream.of("tools", "prompts", "resources")
            .map(list -> "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/%s/list_changed\"}\n\n"
                    .formatted(list))
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Consumer<ChangeStream> last;
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicBoolean opened = new AtomicBoolean();
    private final AtomicBoolean changed = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param last is called once, when the stream is over */
    ChangeStream(AsyncContext async, ServletOutputStream out, Consumer<ChangeStream> last) {
        this.async = async;
        this.out = out;
        this.last = last;
    }

    /** Begins, on the request's own thread. */
    void open() {
        async.addListener(this);
        out.setWriteListener(this);
    }

    /** Sends that the lists have changed. */
    void changed() {
        changed.set(true);
        turn();
    }

    /** Ends the stream. */
    void close() {
        closed.set(true);
        turn();
    }

    @Override
    public void onWritePossible() {
        turn();
    }

    /** One thread at a time; what another one has to send meanwhile is sent by the first. */
    private void turn() {
        if (turns.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                flow();
            } catch (IOException | IllegalStateException e) {
                end(e);
            }
            seen = turns.addAndGet(-seen);
        } while (seen != 0);
    }

    private void flow() throws IOException {
        while (!over.get() && out.isReady()) {
            if (opened.compareAndSet(false, true)) {
                send(OPENED);
            } else if (changed.compareAndSet(true, false)) {
                send(CHANGED);
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
