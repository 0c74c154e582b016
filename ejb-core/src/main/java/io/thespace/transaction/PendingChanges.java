package io.thespace.transaction;

import io.thespace.log.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Changes that a call has committed and that this node applies on other threads: to its routes, its models, the sockets
 * of a channel. The call's response waits for them, so that a confirmed change is in force on this node. Other nodes
 * follow asynchronously. The call's answer waits for it, so a caller finds in force on this node what this node has
 * confirmed. Other nodes follow by themselves.
 *
 * <p>Observers of a transaction's success run on the thread that commits, which has the open call. Work of timers and
 * of messages from other nodes belongs to no call, and is not waited for.
 */
public final class PendingChanges implements AutoCloseable {

    private static final Log LOG = Log.of(PendingChanges.class);

    /** For all changes of a call together; a change that takes longer is applied all the same. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private static final ThreadLocal<PendingChanges> CURRENT = new ThreadLocal<>();

    private final PendingChanges outer = CURRENT.get();
    private final List<Future<?>> changes = new ArrayList<>();

    private PendingChanges() {
        CURRENT.set(this);
    }

    /** Begins to collect the changes of a call on this thread, until it is closed. */
    public static PendingChanges open() {
        return new PendingChanges();
    }

    /**
     * Applies a change on another thread; the answer to the call that is open on this thread waits for it.
     *
     * @throws RejectedExecutionException when the executor does not take it
     */
    public static void apply(Executor executor, Runnable change) {
        CompletableFuture<Void> applied = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                change.run();
            } finally {
                applied.complete(null);
            }
        });
        add(applied);
    }

    /** Lets the answer to the call that is open on this thread wait for a change, too. */
    public static void add(Future<?> change) {
        PendingChanges call = CURRENT.get();
        if (call != null) {
            call.changes.add(change);
        }
    }

    /** Waits for all changes; to be called when the transaction is over and its connection is given back. */
    public void await() {
        long end = System.nanoTime() + MAX_WAIT.toNanos();
        try {
            for (Future<?> change : changes) {
                change.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException e) {
            LOG.warning("A change is not in force yet", "waited_seconds", MAX_WAIT.toSeconds());
        } catch (ExecutionException e) {
            LOG.error("A change could not be applied", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
