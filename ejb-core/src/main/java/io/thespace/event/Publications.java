package io.thespace.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.json.Json;
import io.thespace.json.SchemaFaults;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;

/** Publishes events that callers send. */
@Stateless
public class Publications {

    static final int MAX_DATA_CHARACTERS = 65_536;

    private EventTypes types;
    private Outbox outbox;

    @Inject
    void use(EventTypes all, Outbox events) {
        types = all;
        outbox = events;
    }

    /**
     * The type of an event that the actor may publish.
     *
     * @throws Rejection {@code EVENT_TYPE_UNKNOWN}, {@code EVENT_TYPE_CLOSED}
     */
    public PublishedType type(Actor actor, EventOrder order) {
        List<PublishedType> named = types.all().stream()
                .filter(published -> published.type().name().equals(order.type()))
                .filter(published -> order.source() == null || order.source().equals(published.source()))
                .toList();
        if (named.isEmpty()) {
            throw Rejection.of(
                    EventError.EVENT_TYPE_UNKNOWN,
                    "type",
                    "There is no type %s%s. GET /api/system/event-types lists those there are."
                            .formatted(order.type(), order.source() == null ? "" : " of " + order.source()));
        }
        List<PublishedType> open = named.stream()
                .filter(published -> published.type().publisher() != null
                        && actor.role().covers(published.type().publisher()))
                .toList();
        if (open.isEmpty()) {
            throw new Rejection(
                    EventError.EVENT_TYPE_CLOSED,
                    "You may not publish events of the type %s. GET /api/system/event-types shows the role that may (publisher)."
                            .formatted(order.type()));
        }
        if (open.size() > 1) {
            throw Rejection.of(
                    EventError.EVENT_TYPE_UNKNOWN,
                    "source",
                    "Several sources have the type %s: %s. Say which with source."
                            .formatted(
                                    order.type(),
                                    open.stream().map(PublishedType::source).collect(Collectors.joining(", "))));
        }
        return open.get(0);
    }

    /**
     * Publishes an event.
     *
     * @param published a type that {@link #type} returned
     * @param schema of its data
     * @throws Rejection {@code EVENT_INVALID}, with the location of each error
     */
    public CloudEvent publish(Actor actor, PublishedType published, JsonNode schema, EventOrder order) {
        JsonNode data = Json.MAPPER.valueToTree(order.data());
        List<FieldError> faults = SchemaFaults.of(schema, data).stream()
                .map(fault ->
                        new FieldError(fault.field().isEmpty() ? "data" : "data." + fault.field(), fault.message()))
                .toList();
        if (!faults.isEmpty()) {
            throw new Rejection(
                    EventError.EVENT_INVALID,
                    "The data do not fit the type's schema: %s."
                            .formatted(faults.stream()
                                    .map(fault -> fault.field() + " " + fault.message())
                                    .collect(Collectors.joining("; "))),
                    faults);
        }
        String json = text(data);
        if (json.length() > MAX_DATA_CHARACTERS) {
            throw Rejection.of(
                    EventError.EVENT_INVALID,
                    "data",
                    "data has %d characters as JSON; %d is the maximum.".formatted(json.length(), MAX_DATA_CHARACTERS));
        }
        return CloudEvent.of(
                outbox.publishJson(actor, published.source(), published.type().name(), order.subject(), json));
    }

    private static String text(JsonNode data) {
        try {
            return Json.MAPPER.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read as JSON can be written as JSON", e);
        }
    }
}
