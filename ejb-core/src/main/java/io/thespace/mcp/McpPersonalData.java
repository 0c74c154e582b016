package io.thespace.mcp;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A user's sessions of MCP clients. */
@Stateless
public class McpPersonalData implements PersonalData {

    private static final String STORE = "core.mcp_sessions";
    private static final String THEIRS =
            " from core.mcp_sessions where org_id = :org and user_id = cast(:user as uuid)";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** A session as an export tells of it. */
    record SessionExport(@JsonRawValue String client) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        int sessions = clients(actor, subject).size();
        return sessions == 0 ? Map.of() : Map.of(STORE, (long) sessions);
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        clients(actor, subject).forEach(client -> sink.accept(STORE, new SessionExport(client)));
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        int erased = em.createNativeQuery("delete" + THEIRS)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .executeUpdate();
        return erased == 0 ? Map.of() : Map.of(STORE, (long) erased);
    }

    @SuppressWarnings("unchecked") // native queries are not typed
    private List<String> clients(Actor actor, Subject subject) {
        return em.createNativeQuery("select client" + THEIRS + " limit 1000", String.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .getResultList();
    }
}
