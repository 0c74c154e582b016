package io.thespace.event.relay;

import io.thespace.event.EventView;
import io.thespace.log.Log;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Delivers the pending events to one subscriber, one after the other.
 *
 * <p>A failed event is retried by the subscriber's {@link RetrySchedule} and then parked. Until it is delivered, later
 * events of its subject wait behind it, and those of other subjects are still delivered.
 */
final class Pump {

    private static final Log LOG = Log.of(Pump.class);

    /**
     * The maximum backlog of a subscriber. When it is full, its position does not advance. With more, its position
     * stays where it is.
     */
    static final int MAX_BACKLOG = 10_000;

    /** The time after which a subscriber of a node that died is taken over. */
    static final Duration LEASE = Duration.ofSeconds(8);

    private static final Duration RENEWAL = Duration.ofSeconds(2);
    private static final int BATCH = 200;

    private final Deliveries deliveries;
    private final BooleanSupplier running;
    private volatile Subscriber subscriber;
    private volatile Deliveries.Lease lease;
    private volatile long renewedAt;
    private boolean failing;

    /** @param running false when to stop after the current event */
    Pump(Deliveries deliveries, Subscriber subscriber, BooleanSupplier running) {
        this.deliveries = deliveries;
        this.subscriber = subscriber;
        this.running = running;
    }

    /** Continues with another object for the same subscriber, such as a plugin's next version. */
    void become(Subscriber next) {
        subscriber = next;
    }

    /** Delivers until nothing is left, another node delivers, the subscriber is unavailable, or the database fails. */
    void run() {
        try {
            deliverWhileLeft();
            if (failing) {
                failing = false;
                LOG.info("Event subscriber is served again", "subscriber", subscriber.name());
            }
        } catch (RuntimeException | Error e) {
            // The next poll of the relay retries. With a permanent error the subscriber would otherwise count as being
            // served.
            if (!failing) {
                failing = true;
                LOG.error("Event subscriber cannot be served", e, "subscriber", subscriber.name());
            }
        }
    }

    private void deliverWhileLeft() {
        boolean more = true;
        while (more && running.getAsBoolean()) {
            Optional<Deliveries.Lease> claimed = deliveries.claim(subscriber.name(), LEASE);
            more = claimed.isPresent();
            if (more) {
                renewedAt = System.nanoTime();
                lease = claimed.get();
                try {
                    more = deliverAll();
                } catch (RuntimeException e) {
                    if (!Deliveries.lost(e)) {
                        throw e;
                    }
                    LOG.info("Another node delivers to the subscriber", "subscriber", subscriber.name());
                    more = false;
                } finally {
                    // Not renewed any more, so that it runs out when it cannot be given back.
                    lease = null;
                    // After the last look at the log: what was committed since is found by the next claim.
                    deliveries.release(claimed.get());
                }
            }
        }
    }

    /** Extends the lease, if there is one; called from another thread while a delivery lasts. */
    void renew() {
        Deliveries.Lease held = lease;
        if (held != null && System.nanoTime() - renewedAt > RENEWAL.toNanos()) {
            deliveries.renew(held, LEASE);
            renewedAt = System.nanoTime();
        }
    }

    /** Whether to claim the subscriber again. Not when there was nothing: then its backlog is full, and no attempt is due. */
    private boolean deliverAll() {
        boolean found = false;
        while (running.getAsBoolean()) {
            List<Deliveries.Next> batch = next();
            if (batch.isEmpty()) {
                return found;
            }
            found = true;
            if (!deliver(batch)) {
                return false;
            }
        }
        return false;
    }

    /**
     * Returns the next events. The interests are read again afterwards: an event that is skipped was committed before
     * an interest in it was.
     */
    private List<Deliveries.Next> next() {
        List<Interest> interests = subscriber.interests();
        while (true) {
            List<Deliveries.Next> batch = deliveries.next(lease, LEASE, interests, BATCH, MAX_BACKLOG);
            List<Interest> now = subscriber.interests();
            if (batch.isEmpty() || now.equals(interests)) {
                return batch;
            }
            interests = now;
        }
    }

    private boolean deliver(List<Deliveries.Next> batch) {
        Set<Long> failing = new HashSet<>();
        Deliveries.Next passed = null;
        boolean available = true;
        for (Deliveries.Next next : batch) {
            if (!next.wanted()) {
                passed = next;
                continue;
            }
            if (!running.getAsBoolean()) {
                break;
            }
            if (next.blocked() || failing.contains(next.subjectHash())) {
                deliveries.holdBack(lease, next);
            } else {
                Optional<Boolean> delivered = deliver(next);
                if (delivered.isEmpty()) {
                    available = false;
                    break;
                }
                if (!delivered.get()) {
                    failing.add(next.subjectHash());
                }
            }
            passed = null;
        }
        if (available && passed != null) {
            deliveries.delivered(lease, passed.position(), passed.orgId());
        }
        return available;
    }

    /** Whether the event was delivered; empty when the subscriber was paused before it. */
    private Optional<Boolean> deliver(Deliveries.Next next) {
        Optional<EventView> event = deliveries.find(next.orgId(), next.eventId());
        if (event.isEmpty()) {
            deliveries.delivered(lease, next.position(), next.orgId());
            return Optional.of(true);
        }
        Delivery delivery = new Delivery(deliveries, lease, next.position(), next.orgId(), event.get());
        try {
            Subscriber.Outcome outcome = subscriber.deliver(delivery);
            if (outcome == Subscriber.Outcome.UNAVAILABLE) {
                pause(delivery.pause());
                return Optional.empty();
            }
            if (outcome == Subscriber.Outcome.REFUSED) {
                settle(next, delivery.refusal(), null);
                return Optional.of(false);
            }
            if (!delivery.acknowledged()) {
                delivery.acknowledge();
            }
            return Optional.of(true);
        } catch (Exception | Error e) {
            if (Deliveries.lost(e)) {
                throw new IllegalStateException("The lease of " + subscriber.name() + " is lost", e);
            }
            settle(next, e.getClass().getName(), e);
            return Optional.of(false);
        }
    }

    /** @param failure null when it is the receiver's, and no fault of the platform or a plugin */
    private void settle(Deliveries.Next next, String reason, Throwable failure) {
        int attempt = next.attempts() + 1;
        Duration delay = subscriber.schedule().delay(attempt);
        String message = delay == null ? "Event parked" : "Event delivery failed";
        Object[] fields = {
            "subscriber",
            subscriber.name(),
            "event",
            next.eventId(),
            "position",
            next.position(),
            "attempt",
            attempt,
            "reason",
            reason
        };
        if (failure == null) {
            LOG.info(message, fields);
        } else {
            LOG.error(message, failure, fields);
        }
        deliveries.failed(lease, next, reason.substring(Math.max(0, reason.length() - 200)), delay);
    }

    private void pause(Duration atLeast) {
        RetrySchedule schedule = subscriber.schedule();
        Duration time =
                deliveries.pause(lease, longer(schedule.firstPause(), atLeast), longer(schedule.maxPause(), atLeast));
        LOG.info("Event subscriber paused", "subscriber", subscriber.name(), "seconds", time.toSeconds());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
