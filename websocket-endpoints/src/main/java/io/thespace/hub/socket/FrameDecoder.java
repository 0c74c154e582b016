package io.thespace.hub.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.hub.HubError;
import io.thespace.json.Json;
import io.thespace.json.Texts;
import io.thespace.plugin.api.Rejection;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.websocket.Decoder;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the frames of clients strictly: no duplicate, unknown or null member and no conversion between types. It never
 * fails, since servers differ in what they do then: a text that is not a frame becomes {@link Frame.Malformed}.
 */
public final class FrameDecoder implements Decoder.Text<Frame> {

    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    private static final Map<String, String> WORDS = Map.of(
            "id", Frame.AN_ID,
            "channel_id", Frame.A_CHANNEL,
            "data", Frame.DATA,
            "since", Frame.AN_OFFSET,
            "epoch", Frame.AN_EPOCH,
            "token", Frame.A_TOKEN);

    /** By the value of {@code type}. */
    private static final Map<String, Form> FORMS = forms();

    /** @param required by each member's name, whether the frame needs it */
    private record Form(Class<? extends Frame> type, Map<String, Boolean> required) {}

    private static Map<String, Form> forms() {
        Map<String, Form> forms = new LinkedHashMap<>();
        Stream.of(
                        Frame.Ping.class,
                        Frame.Pong.class,
                        Frame.JoinChannel.class,
                        Frame.LeaveChannel.class,
                        Frame.Message.class,
                        Frame.History.class,
                        Frame.Presence.class,
                        Frame.Refresh.class)
                .forEach(type -> forms.put(NAMES.translate(type.getSimpleName()), form(type)));
        return forms;
    }

    private static Form form(Class<? extends Frame> type) {
        Map<String, Boolean> required = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            required.put(
                    NAMES.translate(component.getName()),
                    component.getAccessor().isAnnotationPresent(NotNull.class));
        }
        return new Form(type, required);
    }

    @Override
    public boolean willDecode(String text) {
        return true;
    }

    @Override
    public Frame decode(String text) {
        if (bytes(text) > Configuration.get().get(Key.SOCKET_FRAME_BYTES)) {
            return new Frame.TooLarge();
        }
        String id = null;
        try {
            ObjectNode object = object(text);
            JsonNode given = object.path("id");
            id = given.isTextual() && given.asText().length() <= Frame.MAX_ID ? given.asText() : null;
            return frame(object);
        } catch (Rejection rejection) {
            return new Frame.Malformed(id, rejection);
        }
    }

    /**
     * Checks the constraints of a frame.
     *
     * @throws Rejection {@code INVALID_FRAME}
     */
    static void validate(Frame frame, Validator validator) {
        validator.validate(frame).stream()
                .min(Comparator.comparing(
                        violation -> violation.getPropertyPath().toString()))
                .ifPresent(FrameDecoder::refuse);
    }

    private static void refuse(ConstraintViolation<?> violation) {
        throw refusal(NAMES.translate(violation.getPropertyPath().toString()), violation.getMessage());
    }

    private static Rejection refusal(String name, String words) {
        return Rejection.of(HubError.INVALID_FRAME, name, "%s %s.".formatted(name, words));
    }

    private static int bytes(String text) {
        return text.length() > HubSocket.MAX_BYTES ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static ObjectNode object(String text) {
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

    private static Frame frame(ObjectNode object) {
        JsonNode type = object.path("type");
        Form form = type.isTextual() ? FORMS.get(type.asText()) : null;
        if (form == null) {
            throw new Rejection(
                    HubError.INVALID_FRAME, "type must be one of " + String.join(", ", FORMS.keySet()) + ".");
        }
        object.remove("type");
        form.required.forEach((name, required) -> {
            if (required && !object.has(name)) {
                throw Rejection.of(
                        HubError.INVALID_FRAME, name, "A frame of type %s needs %s.".formatted(type.asText(), name));
            }
        });
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            if (!form.required.containsKey(name)) {
                throw Rejection.of(
                        HubError.INVALID_FRAME,
                        "type",
                        "A frame of type %s has no member of the name %s."
                                .formatted(
                                        type.asText(),
                                        name.length() > Frame.MAX_ID
                                                ? Texts.truncate(name, Frame.MAX_ID) + "…"
                                                : name));
            }
            if (member.getValue().isNull()) {
                throw refusal(name, WORDS.get(name));
            }
        }
        try {
            return Json.MAPPER.treeToValue(object, form.type);
        } catch (JsonProcessingException e) {
            String name = e instanceof JsonMappingException mapping
                            && !mapping.getPath().isEmpty()
                    ? mapping.getPath().get(0).getFieldName()
                    : "type";
            throw refusal(name, WORDS.getOrDefault(name, "does not fit the other members"));
        }
    }
}
