package io.thespace.mcp.federation.remote;

import io.thespace.plugin.api.Actor;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;

/** Callers' sessions at remote servers, sealed. They are in the database, so any node can continue one. */
@Stateless
public class UpstreamSessions {

    private static final String OWN = " where org_id = :org and user_id = :user and server = :server";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** The caller's session at a server. */
    public Optional<byte[]> find(Actor actor, String server) {
        List<?> rows = own("select sealed from core.mcp_upstream_sessions" + OWN, actor, server)
                .getResultList();
        return rows.stream().findFirst().map(row -> (byte[]) row);
    }

    /**
     * Puts a session in the place of another one, unless a third one is there by now.
     *
     * @param before null when there was none
     * @return the one that is there now
     */
    public byte[] replace(Actor actor, String server, byte[] before, byte[] sealed) {
        if (before != null) {
            own("delete from core.mcp_upstream_sessions" + OWN + " and sealed = :before", actor, server)
                    .setParameter("before", before)
                    .executeUpdate();
        }
        int inserted = em.createNativeQuery("insert into core.mcp_upstream_sessions (org_id, user_id, server, sealed)"
                        + " values (:org, :user, :server, :sealed) on conflict (org_id, user_id, server) do nothing")
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("server", server)
                .setParameter("sealed", sealed)
                .executeUpdate();
        return inserted == 1 ? sealed : find(actor, server).orElse(sealed);
    }

    private Query own(String statement, Actor actor, String server) {
        return em.createNativeQuery(statement)
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("server", server);
    }
}
