package io.thespace.mcp.federation;

import io.thespace.gateway.outbound.OutboundRequests;
import io.thespace.identity.key.Sealing;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Users' credentials for remote servers, encrypted for the address of the server and the user. */
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
                .map(order -> CredentialView.of(order, deposited.get(order.name())))
                .toList();
    }

    /**
     * Deposits the caller's credential for a server, in place of one that was there before.
     *
     * @throws Rejection {@code SERVER_NOT_FOUND}, {@code CREDENTIAL_NOT_TAKEN}, {@code CREDENTIAL_UNSEALABLE}
     */
    public CredentialView put(Actor actor, String server, CredentialOrder order) {
        return keep(actor, server, new UserCredential(order.credential(), null, null));
    }

    /**
     * Keeps a credential of the caller's for a server, in place of one that was there before.
     *
     * @throws Rejection as {@link #put}
     */
    public CredentialView keep(Actor actor, String server, UserCredential credential) {
        McpServerOrder order = perUser(server);
        Instant now = Instant.now();
        em.createNativeQuery("insert into core.mcp_credentials"
                        + " (org_id, user_id, server, sealed, sealed_refresh, expires_at, changed_at)"
                        + " values (:org, :user, :server, :sealed, cast(:refresh as bytea), cast(:expires as timestamptz), :now)"
                        + " on conflict (org_id, user_id, server) do update set sealed = excluded.sealed,"
                        + " sealed_refresh = excluded.sealed_refresh, expires_at = excluded.expires_at,"
                        + " changed_at = excluded.changed_at")
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("server", server)
                .setParameter(
                        "sealed",
                        sealing.seal(
                                credential.token(),
                                place(actor, server, origin(order.remote().url())),
                                FederationError.CREDENTIAL_UNSEALABLE))
                .setParameter("refresh", refresh(actor, order, credential))
                .setParameter("expires", credential.expiresAt())
                .setParameter("now", now)
                .executeUpdate();
        forget(actor, server);
        return CredentialView.of(order, now);
    }

    private byte[] refresh(Actor actor, McpServerOrder order, UserCredential credential) {
        return credential.refreshToken() == null
                ? null
                : sealing.seal(
                        credential.refreshToken(), refreshPlace(actor, order), FederationError.CREDENTIAL_UNSEALABLE);
    }

    private McpServerOrder perUser(String server) {
        McpServer row = em.find(McpServer.class, server);
        if (row == null || row.order().remote() == null) {
            throw new Rejection(FederationError.SERVER_NOT_FOUND, "There is no remote server with this name.");
        }
        if (row.order().remote().credentials() != CredentialUse.PER_USER) {
            throw new Rejection(
                    FederationError.CREDENTIAL_NOT_TAKEN,
                    "The server %s takes no credentials of users: all share the administrator's.".formatted(server));
        }
        return row.order();
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
     * @throws Rejection {@code SERVER_NOT_FOUND}, {@code CREDENTIAL_NOT_TAKEN}; {@code CREDENTIAL_MISSING}: also for one that was
     *     deposited when the server had another address
     */
    public UserCredential find(Actor actor, String server, String origin) {
        return find(actor, server, origin, "");
    }

    /**
     * The same, and until the end of the transaction no other node or call renews it.
     *
     * @throws Rejection as {@link #find}
     */
    public UserCredential lock(Actor actor, String server, String origin) {
        return find(actor, server, origin, " for update");
    }

    private UserCredential find(Actor actor, String server, String origin, String lock) {
        McpServerOrder order = perUser(server);
        // A node that has not loaded the server's new address yet gets none, and renews none for the old one.
        if (!origin.equals(origin(order.remote().url()))) {
            throw missing(order, null);
        }
        List<?> rows = own("select sealed, sealed_refresh, expires_at from core.mcp_credentials", actor, server, lock)
                .getResultList();
        if (rows.isEmpty()) {
            throw missing(order, null);
        }
        Object[] row = (Object[]) rows.get(0);
        try {
            return new UserCredential(
                    sealing.open((byte[]) row[0], place(actor, server, origin)),
                    (Instant) row[2],
                    row[1] == null || order.remote().oauth() == null
                            ? null
                            : sealing.open((byte[]) row[1], refreshPlace(actor, order)));
        } catch (IllegalStateException e) {
            throw missing(order, e);
        }
    }

    /**
     * The rejection that requires the caller to deposit a credential, or to authorize the platform.
     *
     * @throws Rejection {@code SERVER_NOT_FOUND}, {@code CREDENTIAL_NOT_TAKEN}
     */
    public Rejection missing(Actor actor, String server) {
        return missing(perUser(server), null);
    }

    private static Rejection missing(McpServerOrder order, Exception cause) {
        String sentence = order.remote().oauth() == null
                ? "The server %s needs your own credential. Deposit it: PUT /api/mcp/credentials/%1$s."
                : "The server %s needs your authorization, or a new one. Begin it: POST /api/mcp/credentials/%1$s/authorization.";
        Rejection refusal = new Rejection(FederationError.CREDENTIAL_MISSING, sentence.formatted(order.name()));
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }

    private Query own(String statement, Actor actor, String server) {
        return own(statement, actor, server, "");
    }

    private Query own(String statement, Actor actor, String server, String lock) {
        return em.createNativeQuery(statement + OWN + lock)
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("server", server);
    }

    private static String place(Actor actor, String server, String origin) {
        return "mcp-credential " + actor.orgId() + " " + actor.userId() + " " + server + " at " + origin;
    }

    private static String refreshPlace(Actor actor, McpServerOrder order) {
        return "mcp-refresh " + actor.orgId() + " " + actor.userId() + " " + order.name() + " at "
                + origin(order.remote().oauth().tokenUrl());
    }

    private static String origin(String url) {
        return OutboundRequests.origin(URI.create(url));
    }
}
