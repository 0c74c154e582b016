package io.thespace.worker;

import io.thespace.log.Log;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tasks that run again and again, on threads that live as long as their owner. Not the server's scheduler: WildFly refuses its tasks,
 * and logs each, while it is suspended and the last requests end; Payara searches all archives of the EAR for each.
 */
public final class RegularTasks implements AutoCloseable {

    private static final Log LOG = Log.of(RegularTasks.class);

    private final String name;
    private final ScheduledThreadPoolExecutor threads;

    /**
     * Starts no thread before the first task. A managed thread keeps the context of the thread that creates it, so add tasks on a
     * thread of the container.
     *
     * @param name for thread dumps and the log
     * @param count the maximum of concurrent tasks
     * @param factory a {@code ManagedThreadFactory} inside the server
     */
    public RegularTasks(String name, int count, ThreadFactory factory) {
        AtomicInteger number = new AtomicInteger();
        this.name = name;
        threads = new ScheduledThreadPoolExecutor(count, work -> {
            Thread thread = factory.newThread(work);
            thread.setName(name + " " + number.incrementAndGet());
            return thread;
        });
    }

    /** Runs a task a period from now, and each time a period after its end. A failure of it is logged. */
    public void every(Duration period, Runnable task) {
        ScheduledFuture<?> unused = threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException | Error e) {
                        // A task that throws is not run again.
                        LOG.error("Regular task failed", e, "tasks", name);
                    }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Starts no task any more, and interrupts those that run. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
