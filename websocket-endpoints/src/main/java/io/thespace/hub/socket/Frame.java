package io.thespace.hub.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.hub.ChannelOrder;
import io.thespace.hub.node.Closing;
import io.thespace.hub.node.Hub;
import io.thespace.hub.node.Socket;
import io.thespace.json.Json;
import io.thespace.plugin.api.Rejection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * A frame from a client, as {@link FrameDecoder} reads it. A component is required where it is {@code @NotNull}; the messages of
 * the constraints are part of the error frames.
 */
sealed interface Frame {

    int MAX_ID = 64;
    String UUID_TEXT = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    String AN_ID = "must be a string of up to " + MAX_ID + " characters";
    String A_CHANNEL = "must be a channel's id";
    String AN_OFFSET = "must be a whole number from 0 on";
    String AN_EPOCH = "must be a UUID";
    String A_TOKEN = "must be a string";
    String DATA = "must be anything but null";

    /** Correlates the answer with the frame; null when the client set none. */
    String id();

    /**
     * Executes the frame.
     *
     * @return the frame to answer with; null for none
     * @throws Rejection when the frame is malformed or refused
     */
    ObjectNode answer(Hub hub, Socket socket);

    record Ping(@Size(max = MAX_ID, message = AN_ID) String id) implements Frame {
        @Override
        public ObjectNode answer(Hub hub, Socket socket) {
            return Json.MAPPER.createObjectNode().put("type", "pong");
        }
    }

    record Pong(@Size(max = MAX_ID, message = AN_ID) String id) implements Frame {
        @Override
        public ObjectNode answer(Hub hub, Socket socket) {
            return null;
        }
    }

    record JoinChannel(
            @Size(max = MAX_ID, message = AN_ID) String id,
            @NotNull @Pattern(regexp = ChannelOrder.ID, message = A_CHANNEL) String channelId)
            implements Frame {
        @Override
        public ObjectNode answer(Hub hub, Socket socket) {
            return hub.join(socket, channelId);
        }
    }

    record LeaveChannel(
            @Size(max = MAX_ID, message = AN_ID) String id,
            @NotNull @Pattern(regexp = ChannelOrder.ID, message = A_CHANNEL) String channelId)
            implements Frame {
        @Override
        public ObjectNode answer(Hub hub, Socket socket) {
            return hub.leave(socket, channelId);
        }
    }

    record Message(
            @Size(max = MAX_ID, message = AN_ID) String id,
            @NotNull @Pattern(regexp = ChannelOrder.ID, message = A_CHANNEL) String channelId,
            @NotNull JsonNode data)
            implements Frame {
        @Override
        public ObjectNode answer(Hub hub, Socket socket) {
            return hub.send(socket, channelId, data.toString());
        }
    }

    record History(
            @Size(max = MAX_ID, message = AN_ID) String id,
            @NotNull @Pattern(regexp = ChannelOrder.ID, message = A_CHANNEL) String channelId,
            @NotNull @PositiveOrZero(message = AN_OFFSET) Long since,
            @Pattern(regexp = UUID_TEXT, message = AN_EPOCH) String epoch)
            implements Frame {
        @Override
        public ObjectNode answer(Hub hub, Socket socket) {
            return hub.history(socket, channelId, epoch == null ? null : UUID.fromString(epoch), since);
        }
    }

    record Presence(
            @Size(max = MAX_ID, message = AN_ID) String id,
            @NotNull @Pattern(regexp = ChannelOrder.ID, message = A_CHANNEL) String channelId)
            implements Frame {
        @Override
        public ObjectNode answer(Hub hub, Socket socket) {
            return hub.presence(socket, channelId);
        }
    }

    record Refresh(@Size(max = MAX_ID, message = AN_ID) String id, @NotNull String token) implements Frame {
        @Override
        public ObjectNode answer(Hub hub, Socket socket) {
            return hub.refresh(socket, token);
        }
    }

    /** A text that is none of the others. */
    record Malformed(String id, Rejection rejection) implements Frame {
        @Override
        public ObjectNode answer(Hub hub, Socket socket) {
            throw rejection;
        }
    }

    /** A text that is longer than {@code SPACE_SOCKET_FRAME_BYTES}; it is not parsed. */
    record TooLarge() implements Frame {
        @Override
        public String id() {
            return null;
        }

        @Override
        public ObjectNode answer(Hub hub, Socket socket) {
            hub.end(socket, Closing.TOO_LARGE, Closing.TOO_LARGE.advice());
            return null;
        }
    }
}
