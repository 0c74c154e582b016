package io.thespace.mcp.federation;

import io.thespace.gateway.outbound.OutboundRequests;
import io.thespace.identity.Sealing;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What users deposit for remote servers, sealed for the address of the server and the user. */
@Stateless
public class Credentials {

    private static final String OWN = " where org_id = :org and user_id = :user and server = :server";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private Sealing sealing;

    @Inject
    void use(Sealing seal) {
        sealing = seal;
    }

    /** The servers that take credentials of users, by name. */
    public List<CredentialView> list(Actor actor) {
        Map<String, Instant> deposited = new HashMap<>();
        List<?> rows = em.createNativeQuery("select server, changed_at from core.mcp_credentials"
                        + " where org_id = :org and user_id = :user limit " + McpServers.MAX_SERVERS)
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .getResultList();
        rows.forEach(row -> deposited.put((String) ((Object[]) row)[0], (Instant) ((Object[]) row)[1]));
        return em
                .createQuery("select s from McpServer s order by s.name", McpServer.class)
                .setMaxResults(McpServers.MAX_SERVERS)
                .getResultList()
                .stream()
                .map(McpServer::order)
                .filter(order -> order.remote() != null && order.remote().credentials() == CredentialUse.PER_USER)
                .map(order -> new CredentialView(order.name(), order.title(), deposited.get(order.name())))
                .toList();
    }

    /**
     * Deposits the caller's credential for a server, in place of one that was there before.
     *
     * @throws Rejection {@code SERVER_NOT_FOUND}, {@code CREDENTIAL_NOT_TAKEN}, {@code CREDENTIAL_UNSEALABLE}
     */
    public CredentialView put(Actor actor, String server, CredentialOrder order) {
        McpServer row = em.find(McpServer.class, server);
        if (row == null || row.order().remote() == null) {
            throw new Rejection(FederationError.SERVER_NOT_FOUND, "There is no remote server with this name.");
        }
        if (row.order().remote().credentials() != CredentialUse.PER_USER) {
            throw new Rejection(
                    FederationError.CREDENTIAL_NOT_TAKEN,
                    "The server %s takes no credentials of users: all share the administrator's.".formatted(server));
        }
        String origin = OutboundRequests.origin(URI.create(row.order().remote().url()));
        Instant now = Instant.now();
        em.createNativeQuery("insert into core.mcp_credentials (org_id, user_id, server, sealed, changed_at)"
                        + " values (:org, :user, :server, :sealed, :now) on conflict (org_id, user_id, server)"
                        + " do update set sealed = excluded.sealed, changed_at = excluded.changed_at")
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("server", server)
                .setParameter("sealed", sealing.seal(order.credential(), place(actor, server, origin), FederationError.CREDENTIAL_UNSEALABLE))
                .setParameter("now", now)
                .executeUpdate();
        forget(actor, server);
        return new CredentialView(server, row.order().title(), now);
    }

    /**
     * Removes the caller's credential for a server.
     *
     * @throws Rejection {@code CREDENTIAL_NOT_FOUND}
     */
    public void delete(Actor actor, String server) {
        int deleted = own("delete from core.mcp_credentials", actor, server).executeUpdate();
        if (deleted == 0) {
            throw new Rejection(
                    FederationError.CREDENTIAL_NOT_FOUND, "You have deposited no credential for this server.");
        }
        forget(actor, server);
    }

    /** A session that another credential opened is not used again. */
    private void forget(Actor actor, String server) {
        own("delete from core.mcp_upstream_sessions", actor, server).executeUpdate();
    }

    /**
     * The caller's credential for a server.
     *
     * @param origin scheme, host and port (RFC 6454) where it is sent
     * @throws Rejection {@code CREDENTIAL_MISSING}: also for one that was deposited when the server had another address
     */
    public String open(Actor actor, String server, String origin) {
        List<?> rows =
                own("select sealed from core.mcp_credentials", actor, server).getResultList();
        if (rows.isEmpty()) {
            throw missing(server, null);
        }
        try {
            return sealing.open((byte[]) rows.get(0), place(actor, server, origin));
        } catch (IllegalStateException e) {
            throw missing(server, e);
        }
    }

    private static Rejection missing(String server, Exception cause) {
        Rejection refusal = new Rejection(
                FederationError.CREDENTIAL_MISSING,
                "The server %s needs your own credential. Deposit it: PUT /api/mcp/credentials/%1$s."
                        .formatted(server));
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }

    private jakarta.persistence.Query own(String statement, Actor actor, String server) {
        return em.createNativeQuery(statement + OWN)
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("server", server);
    }

    private static String place(Actor actor, String server, String origin) {
        return "mcp-credential " + actor.orgId() + " " + actor.userId() + " " + server + " at " + origin;
    }
}
