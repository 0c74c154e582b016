package io.thespace.endpoint;

import dev.failsafe.CircuitBreaker;
import io.thespace.log.Log;
import io.thespace.plugin.api.Rejection;
import io.thespace.worker.Cancellation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Isolates one plugin: a bounded thread pool of its own, a time limit for each call, and a circuit breaker that opens when most
 * of its calls crash.
 *
 * <p>A call that exceeds its time limit is interrupted, and its stack is logged. If it ignores the interrupt, its
 * thread is lost to the plugin.
 */
public final class Bulkhead {

    private static final Log LOG = Log.of(Bulkhead.class);

    /** The time during which an outcome counts. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** The minimum of calls within {@link #WINDOW} for the circuit breaker to open. */
    static final int MIN_CALLS = 10;

    /** The share of crashes, in percent, that opens the circuit breaker. */
    static final int CRASH_RATE = 50;

    static final int MAX_CRASHES_OF_CALLER = 3;

    /** The time for which the circuit breaker stays open before it lets a trial call pass. */
    static final Duration REST = Duration.ofSeconds(10);

    private static final int WAITING_PER_THREAD = 4;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

    private final String name;
    private final Duration limit;
    private final ThreadFactory factory;
    private final ThreadPoolExecutor threads;
    private final CircuitBreaker<Object> breaker = CircuitBreaker.builder()
            .withFailureRateThreshold(CRASH_RATE, MIN_CALLS, WINDOW)
            .withDelay(REST)
            .withSuccessThreshold(1)
            .build();
    private final Map<Object, Integer> crashes = new HashMap<>(); // guarded by itself, as the next
    private long windowStart = System.nanoTime();
    private volatile String lastCrash = "";

    /**
     * A bulkhead for one plugin.
     *
     * @param limit the time limit of a call, including the wait for a thread
     * @param concurrency the maximum of concurrent calls; four times as many may wait
     * @param factory creates managed threads of the server
     */
    public Bulkhead(String name, Duration limit, int concurrency, ThreadFactory factory) {
        this.name = name;
        this.limit = limit;
        AtomicInteger number = new AtomicInteger();
        this.factory = work -> {
            Thread thread = factory.newThread(work);
            thread.setName("plugin " + name + " " + number.incrementAndGet());
            return thread;
        };
        this.threads = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(concurrency * WAITING_PER_THREAD),
                this.factory);
        threads.allowCoreThreadTimeOut(true);
    }

    /** As {@link #run(Callable, Duration, Cancellation)}, within the limit of this bulkhead. */
    public <T> T run(Callable<T> work) throws ExecutionException {
        return run(work, limit, new Cancellation());
    }

    /** As {@link #run(Callable, Duration, Cancellation)}, within the limit of this bulkhead. */
    <T> T run(Callable<T> work, Cancellation cancellation) throws ExecutionException {
        return run(work, limit, cancellation);
    }

    /** As {@link #run(Callable, Duration, Cancellation)}, for work that is not cancelled. */
    public <T> T run(Callable<T> work, Duration within) throws ExecutionException {
        return run(work, within, new Cancellation());
    }

    /**
     * Does work on a thread of the plugin. When it is cancelled the thread is interrupted.
     *
     * @throws ExecutionException around whatever the work threw, errors included
     * @throws Rejection {@code PLUGIN_GONE} when the plugin was stopped before the work began; {@code PLUGIN_BUSY}; {@code
     *     PLUGIN_TIMEOUT}; {@code CALL_CANCELLED}
     */
    @SuppressWarnings("try") // the work can be cancelled as long as the registration is open
    private <T> T run(Callable<T> work, Duration within, Cancellation cancellation) throws ExecutionException {
        Future<T> running;
        AtomicReference<Thread> at = new AtomicReference<>();
        try {
            running = threads.submit(() -> {
                at.set(Thread.currentThread());
                try {
                    return work.call();
                } finally {
                    at.set(null);
                }
            });
        } catch (RejectedExecutionException e) {
            if (threads.isShutdown()) {
                throw new Rejection(
                        EndpointError.PLUGIN_GONE, "The plugin %s was switched off or replaced.".formatted(name));
            }
            throw Rejection.later(
                    EndpointError.PLUGIN_BUSY,
                    "The plugin %s has the maximum number of concurrent calls. Try again in a moment.".formatted(name),
                    Duration.ofSeconds(1));
        }
        try (Cancellation.Registration registered = cancellation.onCancel(() -> running.cancel(true))) {
            return await(running, within, at::get);
        }
    }

    /** @param at the thread that is at it; null when none is */
    private <T> T await(Future<T> running, Duration within, Supplier<Thread> at) throws ExecutionException {
        try {
            return running.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Thread thread = at.get();
            // The stack of the plugin's thread is logged, not that of the waiting one; a queued call has none.
            e.setStackTrace(thread == null ? new StackTraceElement[0] : thread.getStackTrace());
            LOG.error(
                    "Plugin call timed out; the stack trace shows where",
                    e,
                    "plugin",
                    name,
                    "seconds",
                    within.toSeconds());
            running.cancel(true);
            throw Rejection.later(
                    EndpointError.PLUGIN_TIMEOUT,
                    "The plugin %s did not answer within %d seconds. It may still finish; an Idempotency-Key makes trying again safe."
                            .formatted(name, within.toSeconds()),
                    Duration.ofSeconds(5));
        } catch (CancellationException e) {
            throw new Rejection(
                    EndpointError.CALL_CANCELLED, "The call was cancelled. What it did until then may last.");
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw Rejection.later(
                    EndpointError.PLUGIN_BUSY, "The platform is stopping. Try again.", Duration.ofSeconds(2));
        }
    }

    /**
     * Checks that the circuit breaker accepts calls.
     *
     * @throws Rejection {@code PLUGIN_RESTING} while its circuit breaker is open
     */
    void checkBreaker() {
        if (!breaker.tryAcquirePermit()) {
            throw Rejection.later(
                    EndpointError.PLUGIN_RESTING,
                    "The plugin %s crashed in most of its last calls. Try again in a moment.".formatted(name),
                    breaker.getRemainingDelay());
        }
    }

    /** Records a call that did not crash. */
    void succeeded() {
        breaker.recordSuccess();
    }

    /**
     * Records a crash. One caller's crashes count {@link #MAX_CRASHES_OF_CALLER} times within {@link #WINDOW}: requests that
     * a single caller sends again and again do not take a plugin from all others.
     *
     * @param caller a user's id, for example
     * @param reason a sentence for an administrator
     */
    void crashed(Object caller, String reason) {
        if (counts(caller)) {
            lastCrash = reason;
            breaker.recordFailure();
        } else if (breaker.isHalfOpen()) {
            breaker.close();
        }
    }

    private boolean counts(Object caller) {
        synchronized (crashes) {
            long now = System.nanoTime();
            if (now - windowStart > WINDOW.toNanos()) {
                crashes.clear();
                windowStart = now;
            }
            return crashes.merge(caller, 1, Integer::sum) <= MAX_CRASHES_OF_CALLER;
        }
    }

    /** Why calls are refused at the moment, as a sentence; empty when they are not. */
    public Optional<String> rest() {
        return breaker.isOpen()
                ? Optional.of(
                        "Calls are refused for %d more seconds: at least half of those within a minute crashed, the last because %s."
                                .formatted(breaker.getRemainingDelay().toSeconds() + 1, lastCrash))
                : Optional.empty();
    }

    /**
     * Stops accepting calls and waits for running ones; those that exceed the patience are interrupted.
     *
     * @return the number of calls that did not end
     */
    public int drain(Duration patience) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
                threads.awaitTermination(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        return threads.getActiveCount();
    }

    /** After {@link #drain}: does one last thing, on a thread of its own. */
    public void runLast(Callable<?> work, Duration within) throws ExecutionException {
        FutureTask<?> last = new FutureTask<>(work);
        Thread thread = factory.newThread(last);
        thread.start();
        await(last, within, () -> thread);
    }
}
