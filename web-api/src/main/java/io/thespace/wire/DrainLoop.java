package io.thespace.wire;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs a task on one thread at a time without blocking: a request to run it while another thread runs it makes that
 * thread run it once more. For non-blocking bodies (Servlet 6.0, sections 3.7 and 5.7), which are driven concurrently
 * by the container and the other end.
 */
public final class DrainLoop {

    /** Moves what can be moved now. */
    @FunctionalInterface
    public interface Task {
        void run() throws IOException;
    }

    private final Task task;
    private final Consumer<Exception> failed;
    private final AtomicInteger requests = new AtomicInteger();

    /** @param failed receives what the task throws: an {@link IOException}, or an {@link IllegalStateException} of the container */
    public DrainLoop(Task task, Consumer<Exception> failed) {
        this.task = task;
        this.failed = failed;
    }

    /** Runs the task, or has the thread that runs it run it again. */
    public void run() {
        if (requests.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                task.run();
            } catch (IOException | IllegalStateException e) {
                failed.accept(e);
            }
            seen = requests.addAndGet(-seen);
        } while (seen != 0);
    }
}
