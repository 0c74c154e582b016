package io.thespace.hub.socket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.hub.HubError;
import io.thespace.hub.node.Closing;
import io.thespace.hub.node.Hub;
import io.thespace.hub.node.Socket;
import io.thespace.hub.node.SocketPrincipal;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.plugin.api.Rejection;
import jakarta.inject.Inject;
import jakarta.validation.Validator;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** A client of the hub; the container creates one instance per connection. */
@ServerEndpoint(value = "/api/v1/ws", decoders = FrameDecoder.class)
public class HubSocket {

    private static final Log LOG = Log.of(HubSocket.class);

    /**
     * Frames above the hub's limit but below this one get the hub's close code; the container closes for larger ones
     * (1009).
     */
    static final int MAX_BYTES = 262_144;

    private static final Backlog BACKLOG = Backlog.ofNode();

    @Inject
    private Hub hub;

    @Inject
    private Validator validator;

    private SendQueue queue;
    private Socket socket;

    @OnOpen
    public void open(Session session) throws IOException {
        if (session.getMaxIdleTimeout() != 0) {
            session.setMaxIdleTimeout(0);
        }
        if (!(session.getUserPrincipal() instanceof SocketPrincipal principal)) {
            // The handshake was bypassed: the path was spelled in a way that only the container interpreted.
            session.close(new CloseReason(
                    CloseReason.CloseCodes.getCloseCode(Closing.AUTHENTICATION.code()),
                    Closing.AUTHENTICATION.advice()));
            return;
        }
        queue = new SendQueue(session, BACKLOG, hub::outlet, this::closed);
        socket = hub.open(principal, queue);
    }

    @OnMessage(maxMessageSize = MAX_BYTES)
    public void frame(Frame frame) {
        if (socket == null || !hub.takes(socket)) {
            return;
        }
        try {
            FrameDecoder.validate(frame, validator);
            ObjectNode answer = frame.answer(hub, socket);
            if (answer != null) {
                reply(answer, frame.id());
                hub.answered(socket, answer);
            }
        } catch (RuntimeException e) {
            Rejection refusal = Hub.refusal(e);
            ObjectNode answer =
                    Json.MAPPER.createObjectNode().put("type", "error").put("error", refusal.getMessage());
            if (refusal.retryAfter() != null) {
                answer.put("retry_after", Math.max(1, refusal.retryAfter().toSeconds()));
            }
            reply(answer, frame.id());
            if (refusal.code() == HubError.INVALID_FRAME) {
                hub.malformed(socket);
            }
        }
    }

    private void reply(ObjectNode answer, String id) {
        if (id != null && id.length() <= Frame.MAX_ID) {
            answer.put("id", id);
        }
        queue.send(answer.toString());
    }

    @OnMessage(maxMessageSize = MAX_BYTES)
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
