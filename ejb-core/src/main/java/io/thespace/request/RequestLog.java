package io.thespace.request;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.log.Log;
import io.thespace.metrics.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The queue of request log entries of this node. Adding never blocks. */
@ApplicationScoped
public class RequestLog {

    static final int MAX_WAITING = 20_000;

    private static final Log LOG = Log.of(RequestLog.class);
    private static final int BATCH = 500;

    private final BlockingQueue<RequestEntry> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private boolean losing;

    private Requests requests;
    private Meters meters;

    RequestLog() {}

    @Inject
    RequestLog(Requests requests, Meters meters) {
        this.requests = requests;
        this.meters = meters;
    }

    /** Whether calls are to be explained at all. */
    public boolean keeps() {
        return Configuration.get().get(Key.REQUEST_LOG_HOURS) > 0;
    }

    /** Queues an entry; drops it when the queue is full. Never fails and never blocks. */
    public void add(RequestEntry entry) {
        if (!queue.offer(entry)) {
            dropped.incrementAndGet();
        }
    }

    /** Writes what waits. What cannot be written is dropped. */
    public synchronized void flush() {
        long lost = dropped.getAndSet(0);
        long written = 0;
        String cause = "more came than could be written";
        List<RequestEntry> batch = new ArrayList<>(BATCH);
        // Bounded by the initial size: explanations that arrive meanwhile are left to the next run, a second later.
        for (int left = queue.size(); left > 0 && queue.drainTo(batch, Math.min(BATCH, left)) > 0; left -= BATCH) {
            try {
                requests.write(batch);
                written += batch.size();
            } catch (RuntimeException e) {
                lost += batch.size();
                cause = String.valueOf(e.getMessage());
                left = 0;
            }
            batch.clear();
        }
        meters.explained(written, lost);
        if (lost > 0 && !losing) {
            LOG.warning("Request log unavailable; entries are dropped", "first", lost, "cause", cause);
        } else if (lost == 0 && losing) {
            LOG.info("Request log available again");
        }
        losing = lost > 0;
    }
}
