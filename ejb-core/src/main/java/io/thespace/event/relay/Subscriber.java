package io.thespace.event.relay;

import java.util.List;
import java.util.UUID;

/** Receives events from the {@link EventRelay}, on whichever node holds the subscriber's lease. */
public interface Subscriber {

    /** The outcome of a delivery that did not fail. */
    enum Outcome {
        DELIVERED,
        /** The receiver did not take the event: it is attempted again later. See {@link Delivery#refuse}. */
        REFUSED,
        /** The event was not attempted, and no other would be delivered now: the subscriber pauses before this event. */
        UNAVAILABLE
    }

    /** The key of its position in the database; the same on every node and after a restart. */
    String name();

    /**
     * The organization whose events alone it gets; null for those of all. The position of such a subscriber is added and removed with
     * what it stands for, and only so many of an organization's are served at once.
     */
    default UUID orgId() {
        return null;
    }

    /** Returns the schedule of retries and pauses. */
    default RetrySchedule schedule() {
        return RetrySchedule.USUAL;
    }

    List<Interest> interests();

    /**
     * Delivers one event. An effect in the database belongs into one transaction with {@link Delivery#acknowledge}; without that call
     * the relay acknowledges after the return.
     *
     * @throws Exception when the event could not be processed; it is attempted again later
     */
    Outcome deliver(Delivery delivery) throws Exception;
}
