package io.thespace.wire;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.EndpointError;
import io.thespace.log.Log;
import io.thespace.plugin.api.Rejection;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Reads one request body as its bytes arrive, without holding a thread (Servlet 6.0, section 3.7), and then dispatches the
 * request to its endpoint. A body that is too large, too slow or more than the node has memory for ends its request.
 */
final class ReadAhead implements ReadListener {

    /** The time that any body may take, at any rate. */
    static final Duration GRACE = Duration.ofSeconds(5);

    /** The rate, in bytes per second and from the first byte on, below which a body is too slow after {@link #GRACE}. */
    static final int MIN_BYTES_PER_SECOND = 256;

    /** The maximum time for a body. */
    static final Duration DEADLINE = Duration.ofSeconds(30);

    /**
     * The attribute of a request that was answered before its body was read. Undertow would read the rest of the body first;
     * it closes the connection at once when an asynchronous request whose response is committed runs out of time.
     */
    static final String REFUSED = ReadAhead.class.getName() + ".refused";

    /** The maximum time of a dispatch to reach the filter. */
    private static final Duration DISPATCH_LIMIT = Duration.ofSeconds(3);

    private static final Log LOG = Log.of(ReadAhead.class);
    private static final int BUFFER_BYTES = 8_192;

    private final Exchange exchange;
    private final AsyncContext async;
    private final ServletInputStream in;
    private final LongSupplier length;
    private final WaitingBodies waiting;
    private final int limit = Configuration.get().get(Key.REQUEST_LIMIT_BYTES);
    private final long start = System.nanoTime();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(BUFFER_BYTES);
    // Guarded by this, as all that follows the start:
    private boolean over;
    private boolean released;
    private boolean due;
    private boolean begun;
    private boolean givenUp;
    private long dispatchedAt;

    /** @param length of the body in bytes; -1 while it is not known */
    ReadAhead(
            Exchange exchange, AsyncContext async, ServletInputStream in, LongSupplier length, WaitingBodies waiting) {
        this.exchange = exchange;
        this.async = async;
        this.in = in;
        this.length = length;
        this.waiting = waiting;
    }

    @Override
    public synchronized void onDataAvailable() throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        boolean again = full();
        while (!over && (again || !full() || in.isFinished()) && in.isReady()) {
            int bytes = in.read(buffer);
            if (bytes < 0) {
                return;
            }
            if (body.size() + bytes > limit) {
                refuse(JsonBody.tooLarge(limit));
            } else if (!waiting.reserve(bytes)) {
                refuse(Rejection.later(
                        EndpointError.BUSY,
                        "The node has no memory left for more request bodies. Try again.",
                        Duration.ofSeconds(1)));
            } else {
                body.write(buffer, 0, bytes);
            }
        }
    }

    /**
     * Whether all announced bytes of the body were received. The container then signals the end by itself: GlassFish
     * right after {@link #onDataAvailable}, Undertow at the next check. If checked before that, GlassFish would read
     * from the connection while the request is being answered, and lose the next request of a client that has received
     * the whole response already.
     */
    private boolean full() {
        return body.size() == length.getAsLong();
    }

    @Override
    public synchronized void onAllDataRead() {
        if (!over) {
            end();
            exchange.body(body.toByteArray());
            proceed();
        }
    }

    /**
     * The thread that began the request leaves it to the container. GlassFish loses a dispatch by another thread before that
     * one has left, so a request that is due by then is dispatched here.
     */
    synchronized void release() {
        released = true;
        if (due) {
            dispatch();
        }
    }

    private void proceed() {
        due = true;
        if (released) {
            waiting.dispatchSoon(this);
        }
    }

    /** Whether the container has taken the request over; it refuses to be configured from then on. */
    boolean isWithContainer() {
        try {
            async.setTimeout(0);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Dispatches the request to its endpoint. */
    synchronized void dispatch() {
        dispatchedAt = System.nanoTime();
        waiting.dispatched(this);
        async.dispatch();
    }

    /** The dispatched request arrives; false when it was given up before. */
    synchronized boolean begin() {
        begun = true;
        waiting.begun(this);
        return !givenUp;
    }

    /** Ends a request whose dispatch was lost: nothing was done for it. */
    synchronized void checkDispatch(long now) {
        if (begun || givenUp || now - dispatchedAt < DISPATCH_LIMIT.toNanos()) {
            return;
        }
        givenUp = true;
        waiting.begun(this);
        try {
            if (!exchange.refused()) {
                exchange.refuseAndClose(Rejection.later(
                        EndpointError.BUSY,
                        "The server did not take the request on. Nothing was changed; try again.",
                        Duration.ofSeconds(1)));
            }
        } catch (IOException e) {
            LOG.info("The connection was lost", "cause", String.valueOf(e.getMessage()));
        } finally {
            LOG.warning("Request dispatch lost by the server");
            async.complete();
        }
    }

    @Override
    public synchronized void onError(Throwable cause) {
        if (!over) {
            end();
            LOG.info("The connection was lost", "cause", String.valueOf(cause.getMessage()));
            waiting.completed(exchange);
            async.complete();
        }
    }

    /** Ends the request if its body is too slow. */
    synchronized void check(long now) {
        long elapsed = now - start;
        boolean slow = elapsed > GRACE.toNanos()
                && body.size() < TimeUnit.NANOSECONDS.toSeconds(elapsed) * MIN_BYTES_PER_SECOND;
        if (!over && (slow || elapsed > DEADLINE.toNanos())) {
            try {
                refuse(new Rejection(
                        EndpointError.BODY_TOO_SLOW,
                        "The body did not arrive in time: send at least %d bytes per second and all of it within %d seconds."
                                .formatted(MIN_BYTES_PER_SECOND, DEADLINE.toSeconds())));
            } catch (IOException e) {
                LOG.info("The connection was lost", "cause", String.valueOf(e.getMessage()));
            }
        }
    }

    /** Answers with a refusal and closes the connection: the rest of the body is not read. */
    private void refuse(Rejection rejection) throws IOException {
        end();
        try {
            exchange.refuseAndClose(rejection);
        } finally {
            waiting.completed(exchange);
            async.getRequest().setAttribute(REFUSED, true);
            proceed();
        }
    }

    private void end() {
        over = true;
        waiting.ended(this, body.size());
    }
}
