package io.thespace.wire;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.log.Log;
import io.thespace.metrics.Meters;
import io.thespace.request.RequestLog;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The request bodies of this node that have not arrived as a whole. They hold memory, of which there is a budget, but no
 * thread: a client that sends slowly does not delay other requests.
 */
@ApplicationScoped
public class WaitingBodies {

    /** The maximum total size of all bodies in progress. */
    static final long BUDGET_BYTES = 67_108_864;

    /** The time for which a container continues with a request after it refuses to be configured. */
    private static final int SETTLING_MILLIS = 5;

    private static final int MAX_TRIES = 2_000;

    private static final Log LOG = Log.of(WaitingBodies.class);

    private final Set<ReadAhead> reading = ConcurrentHashMap.newKeySet();
    private final Set<ReadAhead> dispatched = ConcurrentHashMap.newKeySet();
    private final AtomicLong reserved = new AtomicLong();

    @Inject
    Meters meters;

    @Inject
    RequestLog requests;

    @Resource
    ManagedThreadFactory threads;

    private ScheduledThreadPoolExecutor clock;
    private ScheduledFuture<?> checks;

    @PostConstruct
    void start() {
        clock = new ScheduledThreadPoolExecutor(1, threads);
        checks = clock.scheduleWithFixedDelay(this::check, 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        checks.cancel(false);
        clock.shutdownNow();
    }

    private void check() {
        long now = System.nanoTime();
        for (ReadAhead one : reading) {
            try {
                one.check(now);
            } catch (RuntimeException | Error e) {
                // A scheduled task that throws is not run again.
                LOG.error("A slow request could not be ended", e);
            }
        }
        for (ReadAhead one : dispatched) {
            try {
                one.checkDispatch(now);
            } catch (RuntimeException | Error e) {
                LOG.error("A lost request could not be ended", e);
            }
        }
    }

    /** Dispatches a request as soon as the container has it, which takes it some moments. */
    void dispatchSoon(ReadAhead body) {
        later(() -> dispatch(body, 0), 1);
    }

    private void dispatch(ReadAhead body, int tries) {
        if (tries >= MAX_TRIES || body.isWithContainer()) {
            later(body::dispatch, SETTLING_MILLIS);
        } else {
            later(() -> dispatch(body, tries + 1), 1);
        }
    }

    private void later(Runnable task, int millis) {
        try {
            ScheduledFuture<?> unused = clock.schedule(
                    () -> {
                        try {
                            task.run();
                        } catch (RuntimeException | Error e) {
                            LOG.error("A request could not be dispatched", e);
                        }
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.info("A request was dropped at the shutdown", "cause", e);
        }
    }

    void dispatched(ReadAhead body) {
        dispatched.add(body);
    }

    void begun(ReadAhead body) {
        dispatched.remove(body);
    }

    /**
     * Reads the body of a request ahead of its endpoint, unless it is there already, is streamed by the gateway, or is a form
     * that holds a file.
     *
     * @return whether the request continues asynchronously, when its body is complete
     */
    boolean readAhead(Exchange exchange, HttpServletRequest request, HttpServletResponse response) throws IOException {
        long length = request.getContentLengthLong();
        boolean chunked = request.getHeader("Transfer-Encoding") != null;
        // A body declared too large is rejected after authentication, without being read.
        if ((length <= 0 && !chunked)
                || length > Configuration.get().get(Key.REQUEST_LIMIT_BYTES)
                || JsonBody.isForm(request)
                || Streamed.is(request)) {
            return false;
        }
        ServletInputStream in = request.getInputStream();
        LongSupplier known = PayaraListener.bodyLength(request);
        if (known.getAsLong() >= 0 && in.available() >= known.getAsLong()) {
            return false;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        ReadAhead body = new ReadAhead(exchange, async, in, known, this);
        reading.add(body);
        exchange.readAhead(body);
        try {
            in.setReadListener(body);
        } catch (IllegalStateException e) {
            // Else it would be answered a second time, when its deadline is over.
            reading.remove(body);
            throw e;
        }
        return true;
    }

    boolean reserve(int bytes) {
        if (reserved.addAndGet(bytes) <= BUDGET_BYTES) {
            return true;
        }
        reserved.addAndGet(-bytes);
        return false;
    }

    void ended(ReadAhead body, int bytes) {
        reading.remove(body);
        reserved.addAndGet(-bytes);
    }

    void completed(Exchange exchange) {
        Log.actor(exchange.anonymous());
        try {
            exchange.completed(meters, requests);
        } finally {
            Log.actor(null);
        }
    }
}
