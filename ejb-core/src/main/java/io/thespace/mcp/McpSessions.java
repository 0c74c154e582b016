package io.thespace.mcp;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.client.LogLevel;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The sessions of MCP clients. They are in the database, so any node answers any request of one. */
@Stateless
public class McpSessions {

    /** The sessions of one user; a further one ends the one that was unused longest. */
    static final int MAX_SESSIONS = 100;

    private static final String OWN = " where org_id = :org and user_id = :user and id = :id";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /**
     * Opens a session of the actor's.
     *
     * @param client the parameters of {@code initialize}, JSON of at most 16,384 characters
     * @return its id, which is random
     */
    public UUID open(Actor actor, String protocolVersion, String client) {
        em.createNativeQuery(
                        "delete from core.mcp_sessions where org_id = :org and id in (select id from core.mcp_sessions"
                                + " where org_id = :org and user_id = :user order by used_at desc, id offset :most)")
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("most", MAX_SESSIONS - 1)
                .executeUpdate();
        UUID id = UuidCreator.getRandomBased();
        em.createNativeQuery("insert into core.mcp_sessions (id, org_id, user_id, protocol_version, client)"
                        + " values (:id, :org, :user, :version, :client)")
                .setParameter("id", id)
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("version", protocolVersion)
                .setParameter("client", client)
                .executeUpdate();
        return id;
    }

    /** A session of the actor's; empty for another user's, and for one that has ended. Puts its end off. */
    public Optional<McpSessionView> use(Actor actor, UUID id) {
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = em.createNativeQuery(
                        "select protocol_version, client, log_level, used_at < now() - interval '1 minute'"
                                + " from core.mcp_sessions" + OWN + " and used_at > now() - interval '1 day'")
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("id", id)
                .getResultList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Object[] row = rows.get(0);
        if ((Boolean) row[3]) {
            // Once a minute: a write with each call would cost more than the read.
            em.createNativeQuery("update core.mcp_sessions set used_at = now()" + OWN)
                    .setParameter("org", actor.orgId())
                    .setParameter("user", actor.userId())
                    .setParameter("id", id)
                    .executeUpdate();
        }
        LogLevel level = LogLevel.valueOf(((String) row[2]).toUpperCase(Locale.ROOT));
        return Optional.of(new McpSessionView(id, (String) row[0], (String) row[1], level));
    }

    /** Sets the least severe messages of a log that the client of a session of the actor's wants. */
    public void logFrom(Actor actor, UUID id, LogLevel least) {
        em.createNativeQuery("update core.mcp_sessions set log_level = :level" + OWN)
                .setParameter("level", least.name().toLowerCase(Locale.ROOT))
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("id", id)
                .executeUpdate();
    }

    /**
     * Ends a session of the actor's.
     *
     * @return whether there was one
     */
    public boolean close(Actor actor, UUID id) {
        return em.createNativeQuery("delete from core.mcp_sessions" + OWN)
                        .setParameter("org", actor.orgId())
                        .setParameter("user", actor.userId())
                        .setParameter("id", id)
                        .executeUpdate()
                > 0;
    }
}
