package io.thespace.hub.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.hub.ChannelOrder;
import io.thespace.hub.HubError;
import io.thespace.json.Json;
import io.thespace.plugin.api.Rejection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The frames that clients send, and what each of them must and may hold. */
enum Frame {
    PING(""),
    PONG(""),
    JOIN_CHANNEL("channel_id"),
    LEAVE_CHANNEL("channel_id"),
    MESSAGE("channel_id data"),
    HISTORY("channel_id since epoch?"),
    PRESENCE("channel_id"),
    REFRESH("token");

    /** Whatever a client wants to tell an answer by; it comes back in the answer. */
    static final String ID = "id";

    static final int MOST_ID = 64;

    private static final Pattern CHANNEL = Pattern.compile(ChannelOrder.ID);
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final Map<String, String> WORDS = Map.of(
            "channel_id",
            "a channel's id",
            "data",
            "anything but null",
            "since",
            "a whole number from 0 on",
            "epoch",
            "a UUID",
            "token",
            "a string",
            ID,
            "a string of up to " + MOST_ID + " characters");

    /** The names of its members beside {@code type} and {@code id}; those with a question mark may be left out. */
    private final String members;

    Frame(String members) {
        this.members = members;
    }

    /** As it stands in {@code type}. */
    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of its members; those that may be left out end in a question mark. */
    List<String> members() {
        return members.isEmpty() ? List.of() : List.of(members.split(" ", -1));
    }

    /**
     * Reads a text as JSON.
     *
     * @throws Rejection {@code INVALID_FRAME}
     */
    static ObjectNode object(String text) {
        try {
            if (Json.MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new Rejection(
                    HubError.INVALID_FRAME,
                    e.getOriginalMessage().startsWith("Duplicate field")
                            ? "A member stands twice in the frame."
                            : "The frame is not well-formed JSON.");
        }
        throw new Rejection(HubError.INVALID_FRAME, "A frame must be a JSON object with a type.");
    }

    /**
     * Which frame an object is; it then has all that it must have, in the right form, and nothing else.
     *
     * @throws Rejection {@code INVALID_FRAME}, with what to do
     */
    static Frame of(ObjectNode object) {
        JsonNode type = object.path("type");
        Frame frame = Arrays.stream(values())
                .filter(one -> type.isTextual() && one.type().equals(type.asText()))
                .findFirst()
                .orElseThrow(() -> new Rejection(
                        HubError.INVALID_FRAME,
                        "type must be one of "
                                + Arrays.stream(values()).map(Frame::type).collect(Collectors.joining(", "))
                                + "."));
        for (String name : frame.members()) {
            if (!name.endsWith("?") && !object.has(name)) {
                throw Rejection.of(
                        HubError.INVALID_FRAME, name, "A frame of type %s needs %s.".formatted(frame.type(), name));
            }
        }
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            frame.check(member.getKey(), member.getValue());
        }
        return frame;
    }

    private void check(String name, JsonNode value) {
        if (name.equals("type")) {
            return;
        }
        if (!name.equals(ID) && !members().contains(name) && !members().contains(name + "?")) {
            throw Rejection.of(
                    HubError.INVALID_FRAME,
                    "type",
                    "A frame of type %s has no member of the name %s."
                            .formatted(type(), name.length() > MOST_ID ? name.substring(0, MOST_ID) + "…" : name));
        }
        boolean fits =
                switch (name) {
                    case "channel_id" ->
                        value.isTextual() && CHANNEL.matcher(value.asText()).matches();
                    case "since" -> value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0;
                    case "epoch" ->
                        value.isTextual() && UUID_TEXT.matcher(value.asText()).matches();
                    case "token" -> value.isTextual();
                    case ID -> value.isTextual() && value.asText().length() <= MOST_ID;
                    default -> !value.isNull();
                };
        if (!fits) {
            throw Rejection.of(HubError.INVALID_FRAME, name, "%s must be %s.".formatted(name, WORDS.get(name)));
        }
    }
}
