package io.thespace.worker;

import io.thespace.log.Log;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that live as long as their owner and run tasks from a bounded queue, in order of their arrival. */
public final class Workers implements Executor, AutoCloseable {

    private static final Log LOG = Log.of(Workers.class);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads;

    /**
     * Starts the threads. A managed thread keeps the context of the thread that creates it, so call this on a thread of the
     * container.
     *
     * @param name for thread dumps
     * @param count the maximum of concurrent tasks
     * @param capacity the maximum of waiting tasks
     * @param factory a {@code ManagedThreadFactory} inside the server
     */
    public Workers(String name, int count, int capacity, ThreadFactory factory) {
        AtomicInteger number = new AtomicInteger();
        threads =
                new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(capacity), work -> {
                    Thread thread = factory.newThread(work);
                    thread.setName(name + " " + number.incrementAndGet());
                    return thread;
                });
        threads.prestartAllCoreThreads();
    }

    /**
     * Queues a task. A failure of it is logged.
     *
     * @throws RejectedExecutionException when the queue is full, or after {@link #close}
     */
    @Override
    public void execute(Runnable task) {
        threads.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("Background task failed", e);
            }
        });
    }

    /** Accepts no more tasks, waits some seconds for those that are queued, and interrupts what is left. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warning(
                        "Background tasks were interrupted at the shutdown",
                        "queued",
                        threads.shutdownNow().size());
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
