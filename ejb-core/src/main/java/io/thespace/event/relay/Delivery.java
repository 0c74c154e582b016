package io.thespace.event.relay;

import io.thespace.event.EventView;
import java.time.Duration;
import java.util.UUID;

/** One attempt to deliver an event to a subscriber. */
public final class Delivery {

    private static final Duration MAX_PAUSE = Duration.ofHours(1);

    private final Deliveries deliveries;
    private final Deliveries.Lease lease;
    private final long position;
    private final UUID orgId;
    private final EventView event;
    private boolean acknowledged;
    private String refusal;
    private Duration pause = Duration.ZERO;

    Delivery(Deliveries deliveries, Deliveries.Lease lease, long position, UUID orgId, EventView event) {
        this.deliveries = deliveries;
        this.lease = lease;
        this.position = position;
        this.orgId = orgId;
        this.event = event;
    }

    /** The organization in which it happened. */
    public UUID orgId() {
        return orgId;
    }

    /** Its place in the log. */
    public long position() {
        return position;
    }

    public EventView event() {
        return event;
    }

    /**
     * Keeps why the receiver did not take the event.
     *
     * @param reason without personal data
     */
    public Subscriber.Outcome refuse(String reason) {
        refusal = reason;
        return Subscriber.Outcome.REFUSED;
    }

    /**
     * Keeps how long the receiver wants nothing.
     *
     * @param atLeast up to an hour of it counts
     */
    public Subscriber.Outcome unavailable(Duration atLeast) {
        pause = atLeast.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : atLeast;
        return Subscriber.Outcome.UNAVAILABLE;
    }

    Duration pause() {
        return pause;
    }

    String refusal() {
        return refusal;
    }

    /**
     * Moves the subscriber past the event, in the active transaction or in one of its own.
     *
     * @throws RuntimeException when another node has taken over, or the event was settled before; the transaction is to be rolled
     *     back then
     */
    public void acknowledge() {
        deliveries.delivered(lease, position, orgId);
        acknowledged = true;
    }

    boolean acknowledged() {
        return acknowledged;
    }
}
