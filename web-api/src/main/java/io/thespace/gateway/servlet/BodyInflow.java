package io.thespace.gateway.servlet;

import io.thespace.gateway.GatewayError;
import io.thespace.plugin.api.Rejection;
import io.thespace.wire.DrainLoop;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A request's body, read only on demand, and only when data is available (Servlet 6.0, section 3.7). */
final class BodyInflow implements ReadListener, Flow.Publisher<ByteBuffer>, Flow.Subscription {

    private static final int PART = 16_384;

    private final ServletInputStream in;
    private final LongSupplier length;
    private final long limit;
    private final AtomicLong wanted = new AtomicLong();
    private final DrainLoop loop = new DrainLoop(this::flow, this::fail);
    private volatile Flow.Subscriber<? super ByteBuffer> subscriber;
    private volatile Throwable failure;
    private volatile boolean atEnd;
    private volatile boolean again;
    private volatile boolean cancelled;
    private volatile boolean over;
    private long read;

    /**
     * A body.
     *
     * @param length in bytes; -1 while it is not known
     * @param limit its maximum
     */
    BodyInflow(ServletInputStream in, LongSupplier length, long limit) {
        this.in = in;
        this.length = length;
        this.limit = limit;
    }

    static Rejection tooLarge(long limit) {
        return new Rejection(
                GatewayError.BODY_TOO_LARGE, "This route takes bodies of %d bytes at the most.".formatted(limit));
    }

    /** Begins to listen, on the request's own thread. */
    void open() {
        in.setReadListener(this);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> to) {
        subscriber = to;
        to.onSubscribe(this);
        loop.run();
    }

    @Override
    public void request(long parts) {
        wanted.addAndGet(parts);
        loop.run();
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void onDataAvailable() {
        again = over;
        loop.run();
    }

    @Override
    public void onAllDataRead() {
        atEnd = true;
        loop.run();
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        loop.run();
    }

    private void flow() throws IOException {
        Flow.Subscriber<? super ByteBuffer> to = subscriber;
        if (again && read == length.getAsLong() && in.isReady()) {
            // Undertow wants to be read to the end.
            atEnd = in.read(new byte[1]) < 0;
            again = false;
        }
        if (to == null || over || cancelled) {
            return;
        }
        if (failure != null) {
            fail(failure);
            return;
        }
        // Not called again when all was read: GlassFish would read the next request into this one.
        while (wanted.get() > 0 && !atEnd && !cancelled && read != length.getAsLong() && in.isReady()) {
            byte[] part = new byte[PART];
            int bytes = in.read(part);
            if (bytes < 0) {
                atEnd = true;
            } else if (bytes > 0) {
                read += bytes;
                if (read > limit) {
                    fail(tooLarge(limit));
                    return;
                }
                wanted.decrementAndGet();
                to.onNext(ByteBuffer.wrap(part, 0, bytes));
            }
        }
        if (atEnd || read == length.getAsLong()) {
            over = true;
            to.onComplete();
        }
    }

    private void fail(Throwable cause) {
        if (!over) {
            over = true;
            subscriber.onError(cause);
        }
    }
}
