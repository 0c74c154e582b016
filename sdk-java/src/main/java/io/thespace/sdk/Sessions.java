package io.thespace.sdk;

import java.util.Collections;
import java.util.UUID;

/** {@code /management/v1/sessions}. */
public final class Sessions {

    private static final String PATH = "/sessions";

    private final Transport transport;

    Sessions(Transport transport) {
        this.transport = transport;
    }

    /** The newest first; {@code with("status", "active")}, {@code "agent_id"} or {@code "subject"} for some. */
    public Listing<Session> list() {
        return new Listing<>(transport, PATH, Session.class);
    }

    /** Opens a session with an active agent. */
    public Session create(SessionOrder order) {
        return transport.post(PATH, order, Session.class);
    }

    public Session get(UUID id) {
        return transport.get(PATH + "/" + id, Session.class);
    }

    /** In the order in which they were recorded. */
    public Listing<Message> messages(UUID id) {
        return new Listing<>(transport, PATH + "/" + id + "/messages", Message.class);
    }

    public Message record(UUID id, MessageOrder order) {
        return transport.post(PATH + "/" + id + "/messages", order, Message.class);
    }

    /**
     * Ends a session.
     *
     * @param reason null for none
     */
    public Session terminate(UUID id, String reason) {
        return transport.post(
                PATH + "/" + id + "/terminate", Collections.singletonMap("reason", reason), Session.class);
    }
}
