package io.thespace.event;

import jakarta.persistence.EntityManager;

/** Lets other capabilities' tests read events. */
public final class EventsAccess {

    private EventsAccess() {}

    public static Class<?> entity() {
        return Event.class;
    }

    /** For events whose cause has no transaction; it has none to write. */
    public static PendingEvents nonePending() {
        return new PendingEvents();
    }

    public static Events on(EntityManager em) {
        Events events = new Events();
        events.entities = em;
        return events;
    }
}
