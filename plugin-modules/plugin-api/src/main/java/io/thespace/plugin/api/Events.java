package io.thespace.plugin.api;

/** Publishes a plugin's events. */
public interface Events {

    /**
     * Writes an event to the outbox in the caller's transaction: it is published exactly when that transaction commits.
     *
     * @param type one of {@link Plugin#events}
     * @param subject the subject of the event, for example a transaction's id; events of one subject keep their order
     * @param data a record of the declared type
     * @throws IllegalStateException outside a transaction
     */
    void publish(Actor actor, EventType type, String subject, Object data);
}
