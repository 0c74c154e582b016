package io.thespace.restclient;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/**
 * Calls of one server through typed MicroProfile REST clients whose methods return a {@link CompletionStage} of a record.
 * Thread-safe.
 */
public final class RestCalls implements AutoCloseable {

    private static final int MAX_CAUSES = 20;

    private final URI base;
    private final int maxBytes;
    private final Semaphore permits;
    private final ThreadPoolExecutor workers;
    private final List<Closeable> clients = new ArrayList<>(); // guarded by itself

    /**
     * A client of one server.
     *
     * @param maxCalls the maximum of concurrent calls
     * @param maxBytes of a response body
     * @param threads for the workers, one per concurrent call
     */
    public RestCalls(URI base, int maxCalls, int maxBytes, ThreadFactory threads) {
        this.base = URI.create(base.toString().replaceFirst("/+$", ""));
        this.maxBytes = maxBytes;
        this.permits = new Semaphore(maxCalls);
        // The permits bound the queue: each call has one task to begin it, and one that waits for the response.
        this.workers =
                new ThreadPoolExecutor(maxCalls, maxCalls, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        workers.allowCoreThreadTimeOut(true);
    }

    /**
     * A client.
     *
     * @param api an interface with JAX-RS annotations
     * @param limit after which the body of a response is not read on, and for connecting and for each read from the socket
     */
    public <T> T client(Class<T> api, Duration limit) {
        T client = RestClientBuilder.newBuilder()
                .baseUri(base)
                .followRedirects(false)
                .connectTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .executorService(workers)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .register(new Guard(limit, maxBytes))
                .register(new JsonBody(), 1)
                .build(api);
        synchronized (clients) {
            clients.add((Closeable) client);
        }
        return client;
    }

    /** A permit for one call and its retries; empty when as many as are allowed are under way. */
    public Optional<Permit> tryAcquire() {
        return permits.tryAcquire() ? Optional.of(new Permit()) : Optional.empty();
    }

    /** Ends the workers; calls under way fail. */
    @Override
    public void close() {
        workers.shutdownNow();
        synchronized (clients) {
            for (Closeable client : clients) {
                try {
                    client.close();
                } catch (IOException e) {
                    throw new IllegalStateException("A REST client did not close", e);
                }
            }
            clients.clear();
        }
    }

    /** The right to call, for one thread. Closing it releases it as soon as the last call has ended. */
    public final class Permit implements AutoCloseable {

        private CompletionStage<?> last = CompletableFuture.completedStage(null);

        private Permit() {}

        /**
         * Calls and waits for the response.
         *
         * @param end the deadline by {@link System#nanoTime}
         * @throws UnexpectedStatus when the status is not 200
         * @throws UnreadableResponse when the body is not what the interface declares
         * @throws IOException when there is no connection, or no complete response
         * @throws TimeoutException when there is no response by the deadline; the call may still be running
         */
        public <R> R call(Supplier<CompletionStage<R>> call, long end)
                throws IOException, TimeoutException, InterruptedException {
            CompletionStage<R> stage;
            try {
                // On a worker: Jersey reads the body on the calling thread when the response is there early.
                stage = CompletableFuture.supplyAsync(call, workers).thenCompose(Function.identity());
            } catch (RejectedExecutionException e) {
                throw failure(e);
            }
            last = stage;
            R response;
            try {
                // Not orTimeout: the stage has to end with its worker, so that the permit does.
                response = stage.toCompletableFuture().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                throw failure(e);
            }
            if (response == null) {
                throw new UnreadableResponse(null);
            }
            return response;
        }

        @Override
        public void close() {
            last.whenComplete((response, failure) -> permits.release());
        }
    }

    /** Unwraps exceptions, which each implementation wraps differently. */
    private static IOException failure(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
            if (cause instanceof UnexpectedStatus || cause instanceof UnreadableResponse) {
                return (IOException) cause;
            }
        }
        return new IOException("The call failed: " + failure.getMessage(), failure);
    }
}
