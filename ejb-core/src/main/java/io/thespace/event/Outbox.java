package io.thespace.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.endpoint.Rehearsals;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.EventType;
import io.thespace.transaction.TransactionStatements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Takes events in the transaction of their cause. Not a session bean: it adds one statement to a transaction that there must be
 * already, and a call of a session bean cost more than the statement.
 */
@ApplicationScoped
public class Outbox {

    @Inject
    private TransactionStatements statements;

    @Inject
    private jakarta.enterprise.event.Event<EventRecorded> recorded;

    /**
     * Writes an event; it is published exactly when the caller's transaction commits.
     *
     * @param source the publisher, for example {@code /plugins/financial_business}
     * @param data a record of the type's class
     */
    public void publish(Actor actor, String source, EventType type, String subject, Object data) {
        publishJson(actor, source, type.name(), subject, json(type, data, Json.MAPPER));
    }

    /** As {@link #publish}, with the data as {@link #json} has written them; returns the event. */
    public EventView publishJson(Actor actor, String source, String type, String subject, String json) {
        Event event = new Event(actor, source, type, subject, json);
        if (!Rehearsals.by(actor)) {
            statements.insert(List.of(event.insertion()));
            EventRecorded fact = new EventRecorded(actor.orgId(), event.view());
            statements.afterCommit(() -> recorded.fire(fact));
        }
        return event.view();
    }

    /**
     * An event's data as text, written by a mapper that alone may remember their classes.
     *
     * @throws IllegalArgumentException when they are not what the type declares
     */
    public static String json(EventType type, Object data, ObjectMapper mapper) {
        if (!type.data().isInstance(data)) {
            throw new IllegalArgumentException("The event %s carries a %s, not a %s"
                    .formatted(
                            type.name(),
                            type.data().getName(),
                            data == null ? null : data.getClass().getName()));
        }
        try {
            return mapper.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The data of event " + type.name() + " cannot be written as JSON", e);
        }
    }
}
