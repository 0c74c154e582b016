package io.thespace.gateway.servlet;

import io.thespace.gateway.forward.Carriage;
import io.thespace.gateway.forward.GatewayAnswer;
import io.thespace.gateway.forward.UpstreamTry;
import io.thespace.log.Log;
import io.thespace.plugin.api.Rejection;
import io.thespace.wire.DrainLoop;
import io.thespace.wire.Exchange;
import io.thespace.wire.PayaraListener;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** An upstream's answer on its way to the caller, written only when the caller takes it (Servlet 6.0, section 5.7). */
final class BodyOutflow implements WriteListener, AsyncListener, GatewayAnswer {

    /** The request's attribute when its response must not end in peace. */
    static final String TORN = BodyOutflow.class.getName() + ".torn";

    private static final Log LOG = Log.of(BodyOutflow.class);

    /**
     * The end of an exchange.
     *
     * @param refusal null when an upstream responded
     */
    record Ended(int status, Rejection refusal) {}

    private final Exchange exchange;
    private final AsyncContext async;
    private final HttpServletResponse response;
    private final ServletOutputStream out;
    private final Consumer<Ended> last;
    private final Runnable cut;
    private final Queue<ByteBuffer> waiting = new ConcurrentLinkedQueue<>();
    private final DrainLoop loop = new DrainLoop(this::flow, this::lost);
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Carriage forwarding;
    private volatile IntConsumer taken = bytes -> {};
    private volatile Rejection refusal;
    private volatile boolean atEnd;
    private volatile boolean torn;
    private volatile boolean gone;

    /** @param last is called once at the end */
    BodyOutflow(Exchange exchange, AsyncContext async, HttpServletResponse response, Consumer<Ended> last)
            throws IOException {
        this.exchange = exchange;
        this.async = async;
        this.response = response;
        this.out = response.getOutputStream();
        this.last = last;
        this.cut = PayaraListener.cut(async.getRequest());
    }

    /** Begins to listen, on the request's own thread. */
    void open() {
        async.addListener(this);
        out.setWriteListener(this);
    }

    /** Sets the exchange to notify when the caller disconnects. */
    void forwarded(Carriage one) {
        forwarding = one;
        if (gone) {
            one.abandon();
        }
    }

    @Override
    public void begin(int status, List<Map.Entry<String, String>> headers, long length, IntConsumer whenTaken) {
        taken = whenTaken;
        response.setStatus(status);
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("content-type")) {
                response.setContentType(header.getValue());
            } else if (seen.add(name) && !name.equals("vary")) {
                response.setHeader(header.getKey(), header.getValue());
            } else {
                response.addHeader(header.getKey(), header.getValue());
            }
        }
        if (status == 204 || status == 304) {
            // These responses have no body (RFC 9110, section 6.4.1), so there is no end to signal.
            loop.run();
            return;
        }
        if (length >= 0) {
            response.setContentLengthLong(length);
        } else if (async.getRequest().getProtocol().equals("HTTP/1.1")) {
            response.setTrailerFields(this::trailers);
        }
        loop.run();
    }

    /** Called right before the last chunk, which some containers write even when they should abort the connection. */
    private Map<String, String> trailers() {
        if (torn) {
            throw new IllegalStateException("The upstream's answer was cut off.");
        }
        return Map.of();
    }

    @Override
    public void tried(UpstreamTry attempt) {
        exchange.record().tried(attempt);
    }

    @Override
    public void cached(String outcome) {
        exchange.record().cached(outcome);
    }

    @Override
    public void data(ByteBuffer bytes) {
        waiting.add(bytes);
        loop.run();
    }

    @Override
    public void end() {
        atEnd = true;
        loop.run();
    }

    @Override
    public void broken() {
        torn = true;
        loop.run();
    }

    @Override
    public void refuse(Rejection rejection) {
        try {
            refusal = rejection;
            response.setHeader("Cache-Control", "no-store");
            byte[] body = exchange.prepare(rejection);
            if (body.length > 0) {
                waiting.add(ByteBuffer.wrap(body));
            }
            atEnd = true;
            loop.run();
        } catch (IllegalStateException e) {
            lost(e);
        }
    }

    @Override
    public void onWritePossible() {
        loop.run();
    }

    private void flow() throws IOException {
        boolean written = false;
        while (!over.get()) {
            if (torn) {
                tear();
                return;
            }
            boolean all = atEnd;
            ByteBuffer next = waiting.peek();
            if (next == null && all) {
                // Completing before the container allows writing makes WildFly log a failure.
                if (response.isCommitted() || out.isReady()) {
                    complete();
                }
                return;
            } else if (next == null) {
                // A client waits for each event of a stream.
                if (written && out.isReady()) {
                    out.flush();
                }
                return;
            } else if (!out.isReady()) {
                return;
            }
            waiting.remove();
            out.write(next.array(), next.arrayOffset() + next.position(), next.remaining());
            written = true;
            taken.accept(next.remaining());
        }
    }

    private void complete() {
        if (over.compareAndSet(false, true)) {
            ended();
            async.complete();
        }
    }

    /**
     * Ends the response so that it is detectably incomplete. The Servlet API has no operation for that; but Payara's
     * listener can close the connection, and containers abort the connection of a response that has begun when its
     * timeout expires, which only a new dispatch can set. A response that has not begun would be replaced by the
     * container's own complete error page: so its head is sent first. The upstream can break off before the container
     * allows writing; then {@link #onWritePossible} calls this method again.
     */
    private void tear() throws IOException {
        if (!response.isCommitted()) {
            if (!out.isReady()) {
                return;
            }
            out.flush();
        }
        if (over.compareAndSet(false, true)) {
            ended();
            if (cut == null) {
                async.getRequest().setAttribute(TORN, true);
                async.dispatch();
            } else {
                cut.run();
                async.complete();
            }
        }
    }

    private void ended() {
        last.accept(new Ended(response.getStatus(), refusal));
    }

    /** The caller is gone. */
    private void lost(Throwable cause) {
        gone = true;
        Carriage one = forwarding;
        if (one != null) {
            one.abandon();
        }
        if (over.compareAndSet(false, true)) {
            LOG.info("The connection was lost", "cause", String.valueOf(cause.getMessage()));
            ended();
            try {
                async.complete();
            } catch (IllegalStateException e) {
                LOG.info("The container had ended the request", "cause", String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public void onError(Throwable cause) {
        lost(cause);
    }

    @Override
    public void onError(AsyncEvent event) {
        lost(event.getThrowable() == null ? new IOException("The container says so") : event.getThrowable());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        lost(new IOException("The container waits no longer"));
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // The code that completes it has reported the end.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // It starts once.
    }
}
