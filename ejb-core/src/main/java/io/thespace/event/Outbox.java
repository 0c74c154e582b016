package io.thespace.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thespace.endpoint.Rehearsals;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Takes events in the transaction of their cause. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Outbox {

    @PersistenceContext(unitName = "core")
    private EntityManager entities;

    /**
     * Writes an event; it is published exactly when the caller's transaction commits.
     *
     * @param source who publishes it, for example {@code /plugins/financial_business}
     * @param data a record
     */
    public void publish(Actor actor, String source, String type, String subject, Object data) {
        publishJson(actor, source, type, subject, json(type, data, Json.MAPPER));
    }

    /** As {@link #publish}, with the data as {@link #json} has written them. */
    public void publishJson(Actor actor, String source, String type, String subject, String json) {
        if (!Rehearsals.by(actor)) {
            entities.persist(new Event(actor, source, type, subject, json));
        }
    }

    /** An event's data as text, written by a mapper that alone may remember their classes. */
    public static String json(String type, Object data, ObjectMapper mapper) {
        try {
            return mapper.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The data of event " + type + " cannot be written as JSON", e);
        }
    }

    /** Sends what was written to the database now, not only at the commit. */
    public void flush() {
        entities.flush();
    }
}
