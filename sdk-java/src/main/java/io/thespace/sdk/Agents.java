package io.thespace.sdk;

import java.util.UUID;

/** {@code /management/v1/agents}. */
public final class Agents {

    private static final String PATH = "/agents";

    private final Transport transport;

    Agents(Transport transport) {
        this.transport = transport;
    }

    /** The newest first; {@code with("status", "active")} for those with a status. */
    public Listing<Agent> list() {
        return new Listing<>(transport, PATH, Agent.class);
    }

    /** Adds an agent, as a draft. */
    public Agent create(AgentOrder order) {
        return transport.post(PATH, order, Agent.class);
    }

    public Agent get(UUID id) {
        return transport.get(PATH + "/" + id, Agent.class);
    }

    public Agent change(UUID id, AgentChange change) {
        return transport.patch(PATH + "/" + id, change, Agent.class);
    }

    /** Deletes a draft, or what is archived, with its tokens. */
    public void delete(UUID id) {
        transport.delete(PATH + "/" + id, null);
    }

    public Agent activate(UUID id) {
        return move(id, "activate");
    }

    public Agent pause(UUID id) {
        return move(id, "pause");
    }

    /** For ever. */
    public Agent archive(UUID id) {
        return move(id, "archive");
    }

    private Agent move(UUID id, String verb) {
        return transport.post(PATH + "/" + id + "/" + verb, null, Agent.class);
    }
}
