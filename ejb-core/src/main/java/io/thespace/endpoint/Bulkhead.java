package io.thespace.endpoint;

import io.thespace.log.Log;
import io.thespace.plugin.api.Rejection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
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
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps what one plugin does to itself: it has threads of its own, so many and no more; nobody waits for it longer than the
 * time limit; and when it crashes again and again somebody is told.
 *
 * <p>A call that runs out of time is interrupted, and the log says where it was. If it does not heed that it keeps its
 * thread, and the plugin has one less.
 */
public final class Bulkhead {

    private static final Log LOG = Log.of(Bulkhead.class);

    /** How many crashes in a row within {@link #CRASH_WINDOW} are too many. */
    public static final int CRASHES = 5;

    public static final Duration CRASH_WINDOW = Duration.ofMinutes(1);

    private static final int WAITING_PER_THREAD = 4;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

    private final String name;
    private final Duration limit;
    private final ThreadFactory factory;
    private final ThreadPoolExecutor threads;
    private final Consumer<String> onRepeatedCrash;
    private final Deque<Long> crashes = new ArrayDeque<>(); // guarded by itself

    /**
     * A bulkhead for one plugin.
     *
     * @param limit how long a call may take, waiting for a thread included
     * @param concurrency how many calls run at once; four times as many may wait
     * @param factory makes threads that the server knows
     * @param onRepeatedCrash is told the last crash's reason when there were {@link #CRASHES} within {@link #CRASH_WINDOW}
     */
    public Bulkhead(
            String name, Duration limit, int concurrency, ThreadFactory factory, Consumer<String> onRepeatedCrash) {
        this.name = name;
        this.limit = limit;
        this.onRepeatedCrash = onRepeatedCrash;
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

    /** As {@link #run(Callable, Duration)}, within the limit of this bulkhead. */
    public <T> T run(Callable<T> work) throws ExecutionException {
        return run(work, limit);
    }

    /**
     * Does work on a thread of the plugin.
     *
     * @throws ExecutionException around whatever the work threw, errors included
     * @throws Rejection {@code PLUGIN_GONE} when the plugin was stopped before the work began; {@code PLUGIN_BUSY}; {@code
     *     PLUGIN_TIMEOUT}
     */
    public <T> T run(Callable<T> work, Duration within) throws ExecutionException {
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
                    "The plugin %s is busy with as many calls as it may have. Try again in a moment.".formatted(name),
                    Duration.ofSeconds(1));
        }
        return await(running, within, at::get);
    }

    /** @param at the thread that is at it; null when none is */
    private <T> T await(Future<T> running, Duration within, Supplier<Thread> at) throws ExecutionException {
        try {
            return running.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Thread thread = at.get();
            // The stack of the one who waited tells nothing; of a call that found no thread there is none.
            e.setStackTrace(thread == null ? new StackTraceElement[0] : thread.getStackTrace());
            LOG.error(
                    "A plugin did not answer in time; the stack is where it was",
                    e,
                    "plugin",
                    name,
                    "seconds",
                    within.toSeconds());
            running.cancel(true);
            crashed("a call took longer than " + within.toSeconds() + " s");
            throw Rejection.later(
                    EndpointError.PLUGIN_TIMEOUT,
                    "The plugin %s did not answer within %d seconds. It may still finish; an Idempotency-Key makes trying again safe."
                            .formatted(name, within.toSeconds()),
                    Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw Rejection.later(
                    EndpointError.PLUGIN_BUSY, "The platform is stopping. Try again.", Duration.ofSeconds(2));
        }
    }

    /** A call kept its contract: whatever crashed before it was not the plugin as a whole. */
    void succeeded() {
        synchronized (crashes) {
            crashes.clear();
        }
    }

    /**
     * Counts a crash. Only crashes with no good call between them add up, so that one bad request, sent again and again, does
     * not take a plugin away from those whom it serves well.
     *
     *
     * @param reason a sentence for an administrator
     */
    void crashed(String reason) {
        long now = System.nanoTime();
        boolean tooMany;
        synchronized (crashes) {
            crashes.addLast(now);
            while (now - crashes.getFirst() > CRASH_WINDOW.toNanos()) {
                crashes.removeFirst();
            }
            tooMany = crashes.size() >= CRASHES;
            if (tooMany) {
                crashes.clear();
            }
        }
        if (tooMany) {
            onRepeatedCrash.accept(reason);
        }
    }

    /**
     * Takes no more calls and lets those end that are under way; what is left then is interrupted.
     *
     * @return how many calls did not end
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
