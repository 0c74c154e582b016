package io.thespace.event;

import io.thespace.log.Log;
import io.thespace.worker.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Delivers committed events to subscribers, at least once and in order per subject (ADR 0044). It runs on every node; a subscriber is
 * served by one node at a time, the one that holds its lease.
 *
 * <p>The commit of an event wakes the relay of its own node, which then needs no other; a look each second finds what a node that
 * died had committed.
 */
@ApplicationScoped
public class EventRelay {

    private static final Log LOG = Log.of(EventRelay.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int SEQUENCE_BATCH = 1_000;
    private static final int THREADS = 4;
    private static final int MAX_QUEUED = 10_000;

    /** A pump, and how often it was asked for since it began. */
    private record Served(Pump pump, AtomicInteger requests) {}

    @Inject
    private Deliveries deliveries;

    @Inject
    @Any
    private Instance<Subscribers> capabilities;

    private final Semaphore bell = new Semaphore(0);
    private final Map<String, Served> served = new ConcurrentHashMap<>();
    private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile boolean failing;
    private Workers workers;
    private Thread dispatcher;

    /** Begins to deliver, on threads that the server knows. */
    void start(ThreadFactory threads) {
        running = true;
        workers = new Workers("event relay", THREADS, MAX_QUEUED, threads);
        dispatcher = threads.newThread(this::dispatch);
        dispatcher.setName("event relay dispatcher");
        dispatcher.start();
    }

    /** Ends after the deliveries that are under way. */
    void stop() {
        running = false;
        bell.release();
        workers.close();
        dispatcher.interrupt();
    }

    /**
     * Adds a subscriber: it gets each event that is committed from now on.
     *
     * @param name as {@link Subscriber#name}; one that is there keeps its position
     */
    public void subscribe(String name) {
        deliveries.subscribe(name);
        subscribed.add(name);
    }

    /** Forgets a subscriber, its position and what waits for it; in the active transaction or in one of its own. */
    public void unsubscribe(String name) {
        deliveries.unsubscribe(name);
        subscribed.remove(name);
        served.remove(name);
    }

    /** Runs after a commit on the thread of its call, so it only wakes another one. */
    void recorded(@Observes EventRecorded event) {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    private void dispatch() {
        while (running) {
            try {
                int sequenced;
                do {
                    sequenced = deliveries.sequence(SEQUENCE_BATCH);
                    serve();
                } while (running && sequenced == SEQUENCE_BATCH);
                if (failing) {
                    failing = false;
                    LOG.info("Event relay recovered");
                }
            } catch (RuntimeException e) {
                fail(e);
            }
            try {
                bell.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                bell.drainPermits();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void fail(RuntimeException e) {
        if (running && !failing) {
            failing = true;
            LOG.warning("Event relay failed; it tries again each second", "cause", e);
        }
    }

    private void serve() {
        for (Subscribers capability : capabilities) {
            for (Subscriber subscriber : capability.subscribers()) {
                if (!subscribed.contains(subscriber.name())) {
                    subscribe(subscriber.name());
                }
                serve(subscriber);
            }
        }
    }

    /** Lets a worker deliver, or the one that does so look once more. */
    private void serve(Subscriber subscriber) {
        Served there = served.computeIfAbsent(
                subscriber.name(),
                name -> new Served(new Pump(deliveries, subscriber, () -> running), new AtomicInteger()));
        there.pump.become(subscriber);
        if (there.requests.getAndIncrement() > 0) {
            there.pump.renew();
            return;
        }
        try {
            workers.execute(() -> work(there));
        } catch (RejectedExecutionException e) {
            there.requests.set(0);
        }
    }

    private static void work(Served pump) {
        int seen;
        do {
            seen = pump.requests.get();
            pump.pump.run();
        } while (!pump.requests.compareAndSet(seen, 0));
    }
}
