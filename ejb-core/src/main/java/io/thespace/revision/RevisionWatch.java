package io.thespace.revision;

import io.thespace.log.Log;
import io.thespace.redis.Redis;
import io.thespace.transaction.PendingChanges;
import io.thespace.worker.RegularTasks;
import io.thespace.worker.Workers;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Keeps the state that a node holds in memory at its revision in the database. */
public final class RevisionWatch implements AutoCloseable {

    private static final Log LOG = Log.of(RevisionWatch.class);
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final int MAX_QUEUED = 10_000;

    private final String name;
    private final LongSupplier revision;
    private final Runnable load;
    private final ReentrantLock checking = new ReentrantLock();
    private final Workers changes;
    private final RegularTasks regular;

    private Redis.Listening listening;
    private long loaded = -1;
    private volatile boolean away;

    RevisionWatch(String name, LongSupplier revision, Runnable load, ThreadFactory threads) {
        this.name = name;
        this.revision = revision;
        this.load = load;
        this.changes = new Workers(name + " changes", 1, MAX_QUEUED, threads);
        this.regular = new RegularTasks(name + " checks", 1, threads);
    }

    void start(Redis.Listening messages) {
        listening = messages;
        regular.every(PERIOD, this::check);
    }

    /** Loads the state if its revision is another than that of what is loaded; a failure leaves that in force. */
    public void check() {
        checking.lock();
        try {
            long current = revision.getAsLong();
            if (current != loaded) {
                load.run();
                loaded = current;
            }
            away = false;
        } catch (RuntimeException e) {
            if (!away) {
                LOG.warning(
                        "Changes cannot be loaded; what was loaded before stays in force", "state", name, "cause", e);
            }
            away = true;
        } finally {
            checking.unlock();
        }
    }

    /** Whether the last check failed. */
    public boolean isAway() {
        return away;
    }

    /** Checks on another thread; the answer to the call that is open on this thread waits for it. */
    void checkSoon() {
        try {
            PendingChanges.apply(changes, this::check);
        } catch (RejectedExecutionException e) {
            LOG.warning(
                    "A change is loaded by the next regular check",
                    "state",
                    name,
                    "cause",
                    String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        listening.close();
        regular.close();
        changes.close();
    }
}
