package io.thespace.mcp.federation.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.gateway.outbound.OutboundRequests;
import io.thespace.gateway.outbound.OutboundServer;
import io.thespace.identity.key.Sealing;
import io.thespace.log.Log;
import io.thespace.mcp.federation.CredentialUse;
import io.thespace.mcp.federation.FederationError;
import io.thespace.mcp.federation.McpServerView;
import io.thespace.mcp.federation.McpWire;
import io.thespace.mcp.federation.ServerItem;
import io.thespace.mcp.federation.StoredServer;
import io.thespace.mcp.federation.authorization.Authorizations;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A remote server as this node calls it, for callers that each have a session of their own there. */
final class RemoteServer implements Backend {

    private static final Log LOG = Log.of(RemoteServer.class);

    /** Bytes of an answer to a caller. */
    private static final int MAX_ANSWER_BYTES = 1_048_576;

    /** Bytes of a page of a list. */
    private static final int MAX_PAGE_BYTES = 4_194_304;

    private final StoredServer stored;
    private final OutboundServer outbound;
    private final Sealing sealing;
    private final Authorizations authorizations;
    private final UpstreamSessions sessions;

    RemoteServer(
            StoredServer stored,
            OutboundServer outbound,
            Sealing sealing,
            Authorizations authorizations,
            UpstreamSessions sessions) {
        this.stored = stored;
        this.outbound = outbound;
        this.sealing = sealing;
        this.authorizations = authorizations;
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return stored.view().name();
    }

    McpServerView view() {
        return stored.view();
    }

    private McpServerView.RemoteView order() {
        return stored.view().remote();
    }

    @Override
    public boolean enabled() {
        return stored.view().enabled();
    }

    @Override
    public List<ServerItem> items() {
        return enabled() ? stored.items() : List.of();
    }

    /** Returns how long it gets no requests because of too many failures. */
    Duration rests() {
        return outbound.rests();
    }

    /** The wire that is used without asking; null when that is negotiated. */
    McpWire fixedWire() {
        return order().wire();
    }

    private McpWire wire() {
        McpServerView.RemoteState state = stored.view().state();
        McpWire known = state == null ? null : state.wire();
        return order().wire() != null ? order().wire() : known == null ? McpWire.SESSION : known;
    }

    /** A connection of the platform's own, which reads the lists. */
    RemoteConnection ofPlatform(Actor platform) {
        return new RemoteConnection(name(), outbound, platform, shared(), MAX_PAGE_BYTES);
    }

    private String shared() {
        if (stored.sealedCredential() == null) {
            return null;
        }
        try {
            return sealing.open(stored.sealedCredential(), StoredServer.place(name(), origin()));
        } catch (IllegalStateException e) {
            LOG.error("Credential of an MCP server could not be decrypted", e, "server", name());
            throw Rejection.later(
                    FederationError.CREDENTIAL_UNREADABLE,
                    "The credential of the server %s does not open on this node; the log says why. An administrator can say it again at /api/control-center/mcp/servers/%1$s."
                            .formatted(name()),
                    Duration.ofSeconds(30));
        }
    }

    private String origin() {
        return OutboundRequests.origin(URI.create(order().url()));
    }

    /**
     * Sends a request of a caller's, in the caller's own session. One that the server has ended is opened again, once.
     *
     * @param about the tool, prompt or resource that the request is about; null for none
     * @throws Rejection {@code CREDENTIAL_MISSING}, {@code CREDENTIAL_UNREADABLE}; and as {@link RemoteConnection}
     */
    @Override
    public ObjectNode request(Actor actor, String method, ObjectNode params, String about) {
        String credential = order().credentials() == CredentialUse.PER_USER
                ? authorizations.token(actor, name(), origin())
                : shared();
        RemoteConnection connection = new RemoteConnection(name(), outbound, actor, credential, MAX_ANSWER_BYTES);
        if (wire() == McpWire.STATELESS) {
            return connection
                    .request(McpWire.STATELESS, null, method, params, about)
                    .orElseThrow(this::ended);
        }
        byte[] known = sessions.find(actor, name()).orElse(null);
        byte[] used = known == null ? opened(actor, connection, null) : known;
        return connection
                .request(McpWire.SESSION, session(actor, connection, used), method, params, about)
                .or(() -> {
                    byte[] next = opened(actor, connection, used);
                    return connection.request(McpWire.SESSION, session(actor, connection, next), method, params, about);
                })
                .orElseThrow(this::ended);
    }

    private Rejection ended() {
        return new Rejection(
                FederationError.SERVER_ANSWER_INVALID,
                "The server %s ended a session right after it had opened it.".formatted(name()));
    }

    /** Opens a session, unless another call of the caller's has opened one meanwhile: that one is used, too. */
    private byte[] opened(Actor actor, RemoteConnection connection, byte[] before) {
        RemoteConnection.Session session = connection.open();
        byte[] sealed = sealing.seal(session.text(), place(actor));
        byte[] kept = sessions.replace(actor, name(), before, sealed);
        if (!Arrays.equals(kept, sealed)) {
            connection.close(session);
        }
        return kept;
    }

    private RemoteConnection.Session session(Actor actor, RemoteConnection connection, byte[] sealed) {
        try {
            return RemoteConnection.Session.of(sealing.open(sealed, place(actor)));
        } catch (IllegalStateException e) {
            LOG.warning("Session at an MCP server could not be decrypted; opening a new one", "server", name());
            return RemoteConnection.Session.of(sealing.open(opened(actor, connection, sealed), place(actor)));
        }
    }

    /** A session opens for the origin that gave it: its id is sent to no other. */
    private String place(Actor actor) {
        return "mcp-session " + actor.orgId() + " " + actor.userId() + " " + name() + " at " + origin();
    }
}
