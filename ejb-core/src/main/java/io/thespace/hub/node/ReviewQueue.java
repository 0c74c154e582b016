package io.thespace.hub.node;

import io.thespace.transaction.PendingChanges;
import io.thespace.worker.Workers;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/**
 * Runs reviews, which read the database, on its own threads. When the queue is full, reviews are dropped and the next tick reviews
 * everything.
 */
final class ReviewQueue implements AutoCloseable {

    static final int REVIEW_THREADS = 4;
    private static final int MAX_QUEUED_REVIEWS = 10_000;

    private volatile Workers reviews;
    private volatile boolean reviewAll;

    /** Starts the threads; to be called before the first review. */
    void start(ThreadFactory threads) {
        reviews = new Workers("hub review", REVIEW_THREADS, MAX_QUEUED_REVIEWS, threads);
    }

    /** Queues a review, which reads the database. Returns false when the queue is full; the next tick then reviews everything. */
    boolean later(Runnable review) {
        try {
            reviews.execute(review);
            return true;
        } catch (RejectedExecutionException e) {
            reviewAll = true;
            return false;
        }
    }

    /** As {@link #later}; the answer to the call that caused it waits for it. */
    void beforeAnswer(Runnable review) {
        try {
            PendingChanges.apply(reviews, review);
        } catch (RejectedExecutionException e) {
            reviewAll = true;
        }
    }

    /** Whether the queue was full since the last question. */
    boolean overflowed() {
        // Cleared only when it was set: an overflow in between is not lost.
        if (reviewAll) {
            reviewAll = false;
            return true;
        }
        return false;
    }

    @Override
    public void close() {
        reviews.close();
    }
}
