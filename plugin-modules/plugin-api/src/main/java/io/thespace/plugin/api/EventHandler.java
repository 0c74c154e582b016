package io.thespace.plugin.api;

/** Processes the events of a {@link Subscription}. */
@FunctionalInterface
public interface EventHandler<T> {

    /**
     * Processes one event, in a transaction that also moves the plugin past it: what {@link Database#transact} and {@link
     * Events#publish} do in here is done exactly once. Anything else may be done again, since an attempt may fail at its end.
     *
     * @param actor the platform, in the organization in which the event happened
     * @throws Exception to roll back; the event is delivered again later, and later events of its subject wait
     */
    void handle(Actor actor, Event<T> event) throws Exception;
}
