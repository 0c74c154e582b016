package io.thespace.hub.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.event.LogSlice;
import io.thespace.hub.MessageView;
import io.thespace.json.Json;
import java.util.UUID;

/** The frames that the hub sends of its own accord. */
final class Frames {

    /** Far less than a client may have waiting, or one that is behind could never catch up. */
    private static final int MAX_HISTORY_CHARACTERS = 262_144;

    private Frames() {}

    static ObjectNode frame(String type) {
        return Json.MAPPER.createObjectNode().put("type", type);
    }

    static ObjectNode in(String type, String channelId) {
        return frame(type).put("channel_id", channelId);
    }

    static ObjectNode message(String channelId, MessageView message) {
        ObjectNode frame = in("message", channelId);
        frame.setAll((ObjectNode) tree(message));
        return frame;
    }

    static ObjectNode event(String channelId, UUID epoch, LogSlice.Entry entry) {
        ObjectNode frame = in("event", channelId).put("epoch", epoch.toString()).put("offset", entry.position());
        frame.set("event", tree(entry.event()));
        return frame;
    }

    /** As many events as fit into one frame, one at least; {@code offset} says how far they go. */
    static ObjectNode eventHistory(String channelId, LogSlice slice) {
        ArrayNode events = Json.MAPPER.createArrayNode();
        long reached = slice.reached();
        boolean complete = slice.complete();
        int characters = 0;
        for (LogSlice.Entry entry : slice.events()) {
            ObjectNode event = Json.MAPPER.createObjectNode().put("offset", entry.position());
            event.set("event", tree(entry.event()));
            characters += event.toString().length();
            if (!events.isEmpty() && characters > MAX_HISTORY_CHARACTERS) {
                reached = events.get(events.size() - 1).path("offset").asLong();
                complete = false;
                break;
            }
            events.add(event);
        }
        ObjectNode frame = in("history", channelId)
                .put("epoch", slice.epoch().toString())
                .put("recovered", slice.recovered())
                .put("complete", complete)
                .put("offset", reached);
        frame.set("events", events);
        return frame;
    }

    static ObjectNode joined(String channelId, UUID epoch, long offset) {
        ObjectNode frame = in("joined", channelId);
        if (epoch != null) {
            frame.put("epoch", epoch.toString()).put("offset", offset);
        }
        return frame;
    }

    static ObjectNode left(String channelId, String why) {
        return in("left", channelId).put("error", why);
    }

    static com.fasterxml.jackson.databind.JsonNode tree(Object record) {
        try {
            // By way of text: what is raw JSON in a record is a tree of its own only then.
            return Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(record));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A frame cannot be written as JSON", e);
        }
    }
}
