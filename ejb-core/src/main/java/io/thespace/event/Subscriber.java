package io.thespace.event;

import java.util.List;

/** Receives events from the {@link EventRelay}, on whichever node holds the subscriber's lease. */
public interface Subscriber {

    /** What a delivery came to, unless it failed. */
    enum Outcome {
        DELIVERED,
        /** The event was not attempted, and no other would be delivered now: the subscriber pauses before this event. */
        UNAVAILABLE
    }

    /** The key of its position in the database; the same on every node and after a restart. */
    String name();

    List<Interest> interests();

    /**
     * Delivers one event. An effect in the database belongs into one transaction with {@link Delivery#acknowledge}; without that call
     * the relay acknowledges after the return.
     *
     * @throws Exception when the event could not be processed; it is attempted again later
     */
    Outcome deliver(Delivery delivery) throws Exception;
}
