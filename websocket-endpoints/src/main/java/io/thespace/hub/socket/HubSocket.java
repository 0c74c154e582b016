package io.thespace.hub.socket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.hub.Closing;
import io.thespace.hub.Hub;
import io.thespace.hub.HubError;
import io.thespace.hub.Socket;
import io.thespace.hub.Visitor;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.plugin.api.Rejection;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** One client of the hub; the container makes one of these for each connection. */
@ServerEndpoint("/api/v1/ws")
public class HubSocket {

    private static final Log LOG = Log.of(HubSocket.class);

    /** What is larger than ours but smaller than this gets our close code; the container ends what is larger still (1009). */
    private static final int MOST_BYTES = 262_144;

    private static final Backlog BACKLOG = Backlog.ofNode();

    @Inject
    private Hub hub;

    private SendQueue queue;
    private Socket socket;

    @OnOpen
    public void open(Session session) throws IOException {
        session.setMaxIdleTimeout(0);
        if (!(session.getUserPrincipal() instanceof Visitor visitor)) {
            // The handshake was not asked: the path was spelled in a way that only the container understood.
            session.close(new CloseReason(
                    CloseReason.CloseCodes.getCloseCode(Closing.AUTHENTICATION.code()),
                    Closing.AUTHENTICATION.advice()));
            return;
        }
        queue = new SendQueue(session, BACKLOG, hub::outlet, this::closed);
        socket = hub.open(visitor, queue);
    }

    @OnMessage(maxMessageSize = MOST_BYTES)
    public void frame(String text) {
        if (socket == null || !hub.takes(socket)) {
            return;
        }
        if (bytes(text) > Configuration.get().get(Key.SOCKET_FRAME_BYTES)) {
            hub.end(socket, Closing.TOO_LARGE, Closing.TOO_LARGE.advice());
            return;
        }
        String id = null;
        try {
            ObjectNode object = Frame.object(text);
            id = object.path(Frame.ID).isTextual() ? object.path(Frame.ID).asText() : null;
            ObjectNode answer = answer(Frame.of(object), object);
            if (answer != null) {
                reply(answer, id);
            }
        } catch (RuntimeException e) {
            Rejection refusal = Hub.refusal(e);
            ObjectNode answer =
                    Json.MAPPER.createObjectNode().put("type", "error").put("error", refusal.getMessage());
            if (refusal.retryAfter() != null) {
                answer.put("retry_after", Math.max(1, refusal.retryAfter().toSeconds()));
            }
            reply(answer, id);
            if (refusal.code() == HubError.INVALID_FRAME) {
                hub.malformed(socket);
            }
        }
    }

    private static int bytes(String text) {
        return text.length() > MOST_BYTES ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private ObjectNode answer(Frame frame, ObjectNode object) {
        String channelId = object.path("channel_id").asText();
        return switch (frame) {
            case PING -> Json.MAPPER.createObjectNode().put("type", "pong");
            case PONG -> null;
            case JOIN_CHANNEL -> hub.join(socket, channelId);
            case LEAVE_CHANNEL -> hub.leave(socket, channelId);
            case MESSAGE -> hub.send(socket, channelId, object.path("data").toString());
            case HISTORY ->
                hub.history(
                        socket,
                        channelId,
                        object.has("epoch")
                                ? UUID.fromString(object.path("epoch").asText())
                                : null,
                        object.path("since").asLong());
            case PRESENCE -> hub.presence(socket, channelId);
            case REFRESH -> hub.refresh(socket, object.path("token").asText());
        };
    }

    private void reply(ObjectNode answer, String id) {
        if (id != null && id.length() <= Frame.MOST_ID) {
            answer.put(Frame.ID, id);
        }
        queue.send(answer.toString());
    }

    @OnMessage(maxMessageSize = MOST_BYTES)
    public void frame(byte[] bytes) {
        if (socket == null || !hub.takes(socket)) {
            return;
        }
        queue.send(Json.MAPPER
                .createObjectNode()
                .put("type", "error")
                .put("error", "Frames must be text, not binary.")
                .toString());
        hub.malformed(socket);
    }

    @OnMessage
    public void pong(PongMessage pong) {
        if (socket != null) {
            hub.heard(socket);
        }
    }

    @OnClose
    public void closed() {
        if (socket != null) {
            hub.closed(socket);
        }
    }

    @OnError
    public void failed(Throwable failure) {
        LOG.info("A WebSocket failed", "cause", String.valueOf(failure));
    }
}
