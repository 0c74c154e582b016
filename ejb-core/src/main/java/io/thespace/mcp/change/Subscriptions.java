package io.thespace.mcp.change;

import io.thespace.mcp.McpError;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The subscriptions of MCP clients' sessions to resources. */
@Stateless
public class Subscriptions {

    /** The maximum of subscriptions of one session; also of one stream of the wire without sessions. */
    public static final int MAX_SUBSCRIPTIONS = 100;

    private static final String OWN = " where org_id = :org and session_id = :session";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** A session to be notified of a resource. */
    public record Subscriber(UUID session, String uri) {}

    /**
     * Subscribes a session of the actor; idempotent.
     *
     * @throws Rejection {@code SUBSCRIPTIONS_EXCEEDED}
     */
    public void subscribe(Actor actor, UUID session, String uri) {
        Number others =
                (Number) em.createNativeQuery("select count(*) from core.mcp_subscriptions" + OWN + " and uri <> :uri")
                        .setParameter("org", actor.orgId())
                        .setParameter("session", session)
                        .setParameter("uri", uri)
                        .getSingleResult();
        if (others.intValue() >= MAX_SUBSCRIPTIONS) {
            throw exceeded();
        }
        em.createNativeQuery("insert into core.mcp_subscriptions (session_id, org_id, uri)"
                        + " values (:session, :org, :uri) on conflict do nothing")
                .setParameter("session", session)
                .setParameter("org", actor.orgId())
                .setParameter("uri", uri)
                .executeUpdate();
    }

    /** For more subscriptions than there may be. */
    public static Rejection exceeded() {
        return new Rejection(
                McpError.SUBSCRIPTIONS_EXCEEDED,
                "A client may subscribe to %d resources. Unsubscribe from others first.".formatted(MAX_SUBSCRIPTIONS));
    }

    /** Ends a subscription, if there is one. */
    public void unsubscribe(Actor actor, UUID session, String uri) {
        em.createNativeQuery("delete from core.mcp_subscriptions" + OWN + " and uri = :uri")
                .setParameter("org", actor.orgId())
                .setParameter("session", session)
                .setParameter("uri", uri)
                .executeUpdate();
    }

    /** Returns which of these sessions are subscribed to which of these resources. */
    @SuppressWarnings("unchecked") // native queries are not typed
    public List<Subscriber> of(Actor actor, Collection<UUID> sessions, List<String> uris) {
        List<Object[]> rows = em.createNativeQuery("select session_id, uri from core.mcp_subscriptions"
                        + " where org_id = :org and session_id in (:sessions) and uri in (:uris)")
                .setParameter("org", actor.orgId())
                .setParameter("sessions", sessions)
                .setParameter("uris", uris)
                .getResultList();
        return rows.stream()
                .map(row -> new Subscriber((UUID) row[0], (String) row[1]))
                .toList();
    }
}
