package io.thespace.event.relay;

import io.thespace.event.EventRecorded;
import io.thespace.event.PendingEvents;
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
import java.util.UUID;
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

    private static final int ORGANIZATION_THREADS = 16;
    private static final int MAX_AT_ONCE_OF_ORGANIZATION = 4;

    /** The time slice for which a subscriber of one organization keeps a thread while others wait for one. */
    private static final Duration SLICE = Duration.ofSeconds(10);

    /** A subscriber that this node serves. */
    private final class Served {

        private final Pump pump;
        private final UUID orgId;

        /** The number of wake-ups since the current run began. */
        private final AtomicInteger requests = new AtomicInteger();

        private volatile long began;

        Served(Subscriber subscriber) {
            orgId = subscriber.orgId();
            pump = new Pump(deliveries, subscriber, this::goesOn);
        }

        private boolean goesOn() {
            return running && (orgId == null || System.nanoTime() - began < SLICE.toNanos());
        }
    }

    @Inject
    private Deliveries deliveries;

    @Inject
    private PendingEvents pending;

    @Inject
    @Any
    private Instance<Subscribers> capabilities;

    @Inject
    private jakarta.enterprise.event.Event<EventsSequenced> readable;

    private final Semaphore bell = new Semaphore(0);
    private final Map<String, Served> served = new ConcurrentHashMap<>();
    private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Integer> atOnce = new ConcurrentHashMap<>();
    private volatile boolean running;
    private volatile boolean failing;
    private Workers workers;
    private Workers organizationWorkers;
    private Thread dispatcher;

    /** Starts delivering on managed threads of the server. */
    void start(ThreadFactory threads) {
        running = true;
        workers = new Workers("event relay", THREADS, MAX_QUEUED, threads);
        organizationWorkers =
                new Workers("event relay of organizations", ORGANIZATION_THREADS, ORGANIZATION_THREADS, threads);
        dispatcher = threads.newThread(this::dispatch);
        dispatcher.setName("event relay dispatcher");
        dispatcher.start();
    }

    /** Ends after the deliveries that are under way. */
    void stop() {
        running = false;
        bell.release();
        workers.close();
        organizationWorkers.close();
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

    /**
     * Adds a subscriber that gets each event of an organization that is committed from now on; in the active transaction or in one of
     * its own.
     *
     * @param name as {@link Subscriber#name}; there is none yet
     */
    public void subscribe(String name, UUID orgId) {
        deliveries.subscribe(name, orgId);
    }

    /**
     * Lets a subscriber of an organization begin anew, with what is known of it when the active transaction has committed. An event
     * that is being delivered may be delivered again.
     */
    public void restart(String name, UUID orgId) {
        deliveries.restart(name, orgId);
    }

    /** Deletes a subscriber, its position and its backlog; in the active transaction or else in a new one. */
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
                pending.flush();
                int sequenced;
                do {
                    sequenced = deliveries.sequence(SEQUENCE_BATCH);
                    if (sequenced > 0) {
                        readable.fire(new EventsSequenced());
                    }
                    serve();
                } while (running && sequenced == SEQUENCE_BATCH);
                if (failing) {
                    failing = false;
                    LOG.info("Event relay recovered");
                }
            } catch (RuntimeException | Error e) {
                // An error that ended this thread would end the deliveries of the node.
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

    private void fail(Throwable e) {
        if (running && !failing) {
            failing = true;
            LOG.warning("Event relay failed; it tries again each second", "cause", e);
        }
    }

    private void serve() {
        for (Subscribers capability : capabilities) {
            for (Subscriber subscriber : capability.subscribers()) {
                if (subscriber.orgId() == null && !subscribed.contains(subscriber.name())) {
                    subscribe(subscriber.name());
                }
                serve(subscriber);
            }
        }
        served.values().forEach(one -> one.pump.renew());
    }

    /** Lets a worker deliver, or the one that does so look once more. */
    private void serve(Subscriber subscriber) {
        Served there = served.computeIfAbsent(subscriber.name(), name -> new Served(subscriber));
        there.pump.become(subscriber);
        if (there.requests.getAndIncrement() > 0) {
            return;
        }
        try {
            if (there.orgId == null) {
                workers.execute(() -> work(there));
            } else if (enter(there.orgId)) {
                organizationWorkers.execute(() -> workForOrganization(there, subscriber.name()));
            } else {
                there.requests.set(0);
            }
        } catch (RejectedExecutionException e) {
            there.requests.set(0);
            if (there.orgId != null) {
                leave(there.orgId);
            }
        }
    }

    private void work(Served there) {
        int seen;
        do {
            seen = there.requests.get();
            there.began = System.nanoTime();
            there.pump.run();
        } while (!there.requests.compareAndSet(seen, 0));
    }

    /**
     * Releases its thread after each run for other subscribers; remaining events are processed by the next poll, which
     * is scheduled at once.
     */
    private void workForOrganization(Served there, String name) {
        try {
            there.began = System.nanoTime();
            there.pump.run();
        } finally {
            served.remove(name, there);
            leave(there.orgId);
            if (there.requests.getAndSet(0) > 1 || !there.goesOn()) {
                bell.release();
            }
        }
    }

    private boolean enter(UUID orgId) {
        boolean[] entered = {false};
        atOnce.compute(orgId, (id, there) -> {
            int before = there == null ? 0 : there;
            entered[0] = before < MAX_AT_ONCE_OF_ORGANIZATION;
            return entered[0] ? before + 1 : before;
        });
        return entered[0];
    }

    private void leave(UUID orgId) {
        atOnce.computeIfPresent(orgId, (id, there) -> there == 1 ? null : there - 1);
    }
}
