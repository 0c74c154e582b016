package io.thespace.mcp.federation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.audit.AuditDraft;
import io.thespace.gateway.outbound.OutboundRequests;
import io.thespace.identity.key.Sealing;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import io.thespace.revision.RevisionChanged;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The servers behind the MCP server, as platform administrators register them. */
@Stateless
public class McpServers {

    public static final String REVISION = "mcp-servers";

    private static final Log LOG = Log.of(McpServers.class);

    /** Bounds what each node holds and reads. */
    static final int MAX_SERVERS = 100;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private ServerRows items;
    private Event<RevisionChanged> changes;
    private OutboundRequests outbound;
    private Sealing sealing;

    @Inject
    void use(ServerRows rows, Event<RevisionChanged> fired, OutboundRequests requests, Sealing seal) {
        items = rows;
        changes = fired;
        outbound = requests;
        sealing = seal;
    }

    /** All servers, by name. */
    public List<McpServerView> list(Actor actor) {
        Map<String, McpServerView.RemoteState> states = items.states();
        return rows().stream().map(row -> row.view(states.get(row.name()))).toList();
    }

    /** All of them with their credentials, and with what is in service of them, for the nodes. */
    public List<StoredServer> all(Actor actor) {
        Map<String, McpServerView.RemoteState> states = items.states();
        Map<String, List<ServerItem>> inService = items.inService();
        return rows().stream()
                .map(row -> new StoredServer(
                        row.view(states.get(row.name())),
                        row.sealedCredential(),
                        inService.getOrDefault(row.name(), List.of())))
                .toList();
    }

    /** Grows with every change. */
    public long revision(Actor actor) {
        return ((Number) em.createNativeQuery("select revision from core.mcp_federation_revision")
                        .getSingleResult())
                .longValue();
    }

    private List<McpServer> rows() {
        return em.createQuery("select s from McpServer s order by s.name", McpServer.class)
                .setMaxResults(MAX_SERVERS)
                .getResultList();
    }

    /**
     * Returns a server.
     *
     * @throws Rejection {@code SERVER_NOT_FOUND}
     */
    public McpServerView find(Actor actor, String name) {
        return view(server(name));
    }

    private McpServerView view(McpServer server) {
        return server.view(items.states().get(server.name()));
    }

    /**
     * Registers a server. A remote one is read within a few seconds, and what it then offers is accepted.
     *
     * @throws Rejection {@code SERVER_INVALID}, {@code SERVER_TAKEN}, {@code TOO_MANY_SERVERS}, {@code CREDENTIAL_UNSEALABLE}
     */
    public McpServerView create(Actor actor, McpServerOrder order) {
        revise();
        McpServerOrder complete = checked(order);
        if (em.find(McpServer.class, complete.name()) != null) {
            throw Rejection.of(
                    FederationError.SERVER_TAKEN,
                    "name",
                    "There is a server %s. Change that one, or choose another name.".formatted(complete.name()));
        }
        if (em.createQuery("select count(s) from McpServer s", Long.class).getSingleResult() >= MAX_SERVERS) {
            throw new Rejection(
                    FederationError.TOO_MANY_SERVERS,
                    "There are %d servers, which is the maximum. Delete one that is not needed."
                            .formatted(MAX_SERVERS));
        }
        McpServer server = new McpServer(
                complete, sealed(complete, order, null), sealedSecret(complete, order, null), Instant.now());
        em.persist(server);
        em.flush();
        offer(complete, order);
        McpServerView view = view(server);
        audit(null, view);
        return view;
    }

    /**
     * Puts another server in a server's place, with the same name and of the same kind. What was accepted of a remote one stays so.
     *
     * @throws Rejection {@code SERVER_INVALID}, {@code SERVER_NOT_FOUND}, {@code CREDENTIAL_UNSEALABLE}
     */
    public McpServerView change(Actor actor, String name, McpServerOrder order) {
        revise();
        McpServerOrder complete = checked(order);
        if (!complete.name().equals(name)) {
            throw McpServerOrder.invalid(List.of(new FieldError(
                    "name", "must be %s: delete a server to have it under another name".formatted(name))));
        }
        McpServer server = server(name);
        McpServerView before = view(server);
        if (!complete.kind().equals(before.kind())) {
            throw McpServerOrder.invalid(
                    List.of(new FieldError(before.kind(), "must be there: a server stays of its kind")));
        }
        server.become(complete, sealed(complete, order, server), sealedSecret(complete, order, server), Instant.now());
        em.flush();
        offer(complete, order);
        McpServerView after = view(server);
        audit(before, after);
        return after;
    }

    /**
     * Deletes a server, with what users deposited for it.
     *
     * @throws Rejection {@code SERVER_NOT_FOUND}, {@code SERVER_NEEDED}
     */
    public void delete(Actor actor, String name) {
        revise();
        McpServer server = server(name);
        McpServerView before = view(server);
        rows().stream()
                .map(McpServer::order)
                .filter(order -> order.virtual() != null
                        && order.virtual().members().stream()
                                .anyMatch(member -> member.server().equals(name)))
                .findFirst()
                .ifPresent(order -> {
                    throw new Rejection(
                            FederationError.SERVER_NEEDED,
                            "The virtual server %s has this one as a member. Change that one first."
                                    .formatted(order.name()));
                });
        em.remove(server);
        audit(before, null);
    }

    /**
     * The tools and prompts of a remote server, by kind and name.
     *
     * @throws Rejection {@code SERVER_NOT_FOUND}
     */
    public List<ServerItemView> items(Actor actor, String name) {
        server(name);
        return items.items(name).stream()
                .map(item -> ServerItemView.of(name, item))
                .toList();
    }

    /** Returns quarantined items, by server, kind and name. */
    public List<ServerItemView> quarantined(Actor actor) {
        return items.quarantined();
    }

    /**
     * Puts quarantined tools and prompts in service as the server offers them.
     *
     * @throws Rejection {@code SERVER_NOT_FOUND}; {@code CHANGE_OUTDATED} when the server offers something else than what was looked
     *     at, or nothing new: then nothing is accepted
     */
    public List<ServerItemView> accept(Actor actor, String name, AcceptOrder order) {
        revise();
        server(name);
        List<ServerItemView> accepted = new ArrayList<>();
        Map<String, ServerItem> offered = items.items(name).stream()
                .filter(ServerItem::quarantined)
                .collect(Collectors.toMap(item -> item.kind() + " " + item.name(), item -> item));
        for (AcceptOrder.AcceptedItem wanted : order.items()) {
            ServerItem item = offered.get(wanted.kind() + " " + wanted.name());
            if (item == null || !Pin.digest(item.offered()).equals(wanted.digest())) {
                throw new Rejection(
                        FederationError.CHANGE_OUTDATED,
                        "%s has no pending %s %s with this digest. Read the changes again."
                                .formatted(name, wanted.kind(), wanted.name()));
            }
            items.accept(name, item);
            accepted.add(ServerItemView.of(
                    name, new ServerItem(item.kind(), item.name(), item.offered(), null, item.present())));
        }
        return accepted;
    }

    private McpServerOrder checked(McpServerOrder order) {
        List<FieldError> faults = new ArrayList<>();
        if (order.kinds() != 1) {
            faults.add(new FieldError("remote", "or openapi or virtual must be there, and only one of them"));
        }
        if (order.name().equals(VirtualMember.OWN)) {
            faults.add(new FieldError("name", "must be another one: this is the platform's own server"));
        }
        if (order.remote() != null) {
            OAuthOrder oauth = order.remote().oauth();
            faults.addAll(order.remote()
                    .faults(
                            outbound.fault(order.remote().url().strip()),
                            oauth == null
                                    ? Optional.empty()
                                    : outbound.fault(oauth.tokenUrl().strip())));
        }
        if (order.openapi() != null) {
            faults.addAll(operations(order.openapi()).faults());
        }
        if (order.virtual() != null) {
            Set<String> remotes = rows().stream()
                    .map(McpServer::order)
                    .filter(one -> one.virtual() == null)
                    .map(McpServerOrder::name)
                    .collect(Collectors.toSet());
            faults.addAll(order.virtual().faults(remotes));
        }
        if (!faults.isEmpty()) {
            throw McpServerOrder.invalid(faults);
        }
        return order.complete();
    }

    private static OpenApiTools operations(OpenApiOrder order) {
        OpenApiTools tools = new OpenApiTools(order.document());
        tools.read(order.operations());
        return tools;
    }

    /** Has a remote server read, and puts the operations of an API in service: an administrator has sent them. */
    private void offer(McpServerOrder complete, McpServerOrder order) {
        if (complete.remote() != null) {
            items.readSoon(complete.name());
        } else if (order.openapi() != null) {
            Map<String, ObjectNode> tools = operations(order.openapi()).tools();
            items.items(complete.name()).stream()
                    .filter(item -> !tools.containsKey(item.name()))
                    .map(item -> new ServerItem(item.kind(), item.name(), null, null, false))
                    .forEach(item -> items.put(complete.name(), item));
            tools.forEach((name, tool) ->
                    items.put(complete.name(), new ServerItem(ServerItem.TOOL, name, tool, null, true)));
        }
    }

    private byte[] sealed(McpServerOrder complete, McpServerOrder order, McpServer before) {
        if (complete.remote() == null) {
            return null;
        }
        String origin = originOf(complete.remote().url());
        return sealed(
                "remote.credential",
                order.remote().credential(),
                StoredServer.place(complete.name(), origin),
                before == null ? null : before.sealedCredential(),
                before == null
                        ? null
                        : StoredServer.place(
                                before.name(), originOf(before.order().remote().url())));
    }

    private byte[] sealedSecret(McpServerOrder complete, McpServerOrder order, McpServer before) {
        if (complete.remote() == null || complete.remote().oauth() == null) {
            return null;
        }
        OAuthOrder known = before == null ? null : before.order().remote().oauth();
        return sealed(
                "remote.oauth.client_secret",
                order.remote().oauth().clientSecret(),
                secretPlace(complete.name(), complete.remote().oauth()),
                known == null ? null : before.sealedClientSecret(),
                known == null ? null : secretPlace(before.name(), known));
    }

    /**
     * The stored secret after a change: a new one, or the previous one unless its destination changes.
     *
     * @param said null to keep the secret, empty to remove it
     * @param kept null for none
     */
    private byte[] sealed(String member, String said, String place, byte[] kept, String placeBefore) {
        if (said == null) {
            if (kept != null && !place.equals(placeBefore)) {
                throw McpServerOrder.invalid(List.of(new FieldError(
                        member, "must be sent again, or be empty: the address names another server than before")));
            }
            return kept;
        }
        return said.isEmpty() ? null : sealing.seal(said, place, FederationError.CREDENTIAL_UNSEALABLE);
    }

    private static String originOf(String url) {
        return OutboundRequests.origin(URI.create(url));
    }

    private static String secretPlace(String name, OAuthOrder oauth) {
        return "mcp-client-secret " + name + " at " + originOf(oauth.tokenUrl());
    }

    /**
     * Returns the OAuth client with which users authorize the platform for a server.
     *
     * @throws Rejection {@code SERVER_NOT_FOUND}, {@code AUTHORIZATION_NOT_OFFERED}, {@code CREDENTIAL_UNREADABLE}
     */
    public OAuthClient oauth(Actor actor, String name) {
        McpServer server = server(name);
        RemoteOrder remote = server.order().remote();
        if (remote == null || remote.oauth() == null) {
            throw new Rejection(
                    FederationError.AUTHORIZATION_NOT_OFFERED,
                    "The server %s has no authorization server here. Deposit a token, if it takes users' own, or ask an administrator."
                            .formatted(name));
        }
        try {
            String secret = server.sealedClientSecret() == null
                    ? null
                    : sealing.open(server.sealedClientSecret(), secretPlace(name, remote.oauth()));
            return new OAuthClient(name, remote.url(), remote.oauth(), secret);
        } catch (IllegalStateException e) {
            LOG.error("Client secret of an MCP server could not be decrypted", e, "server", name);
            throw Rejection.later(
                    FederationError.CREDENTIAL_UNREADABLE,
                    "The client secret for the server %s does not open on this node; the log says why.".formatted(name),
                    Duration.ofSeconds(30));
        }
    }

    /** Serializes changes: a member must not be deleted while another change makes a virtual server reference it. */
    private void revise() {
        items.revise();
        changes.fire(new RevisionChanged(REVISION));
    }

    private McpServer server(String name) {
        McpServer server = em.find(McpServer.class, name);
        if (server == null) {
            throw new Rejection(FederationError.SERVER_NOT_FOUND, "There is no server with this name.");
        }
        return server;
    }

    private static void audit(McpServerView before, McpServerView after) {
        AuditDraft.current().ifPresent(draft -> draft.changed(before, after));
    }
}
