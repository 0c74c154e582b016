package io.thespace.mcp;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A user's sessions of MCP clients, and their subscriptions. Answers to questions are deleted with their call. */
@Stateless
public class McpPersonalData implements PersonalData {

    private static final String SESSIONS = "core.mcp_sessions";
    private static final String SUBSCRIPTIONS = "core.mcp_subscriptions";
    private static final String THEIRS =
            " from core.mcp_sessions where org_id = :org and user_id = cast(:user as uuid)";

    /** By store, what is exported of each and which rows there are. */
    private static final Map<String, String> COLUMNS = Map.of(SESSIONS, "client", SUBSCRIPTIONS, "uri");

    private static final Map<String, String> ROWS = Map.of(
            SESSIONS,
            THEIRS,
            SUBSCRIPTIONS,
            " from core.mcp_subscriptions where org_id = :org and session_id in (select id" + THEIRS + ")");

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** A session in an export. */
    record SessionExport(@JsonRawValue String client) {}

    /** A subscription in an export. */
    record SubscriptionExport(String uri) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String store : List.of(SUBSCRIPTIONS, SESSIONS)) {
            int rows = values(store, actor, subject).size();
            if (rows > 0) {
                counts.put(store, (long) rows);
            }
        }
        return counts;
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        values(SESSIONS, actor, subject).forEach(client -> sink.accept(SESSIONS, new SessionExport(client)));
        values(SUBSCRIPTIONS, actor, subject).forEach(uri -> sink.accept(SUBSCRIPTIONS, new SubscriptionExport(uri)));
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        Map<String, Long> erased = new LinkedHashMap<>();
        for (String store : List.of(SUBSCRIPTIONS, SESSIONS)) {
            int rows = em.createNativeQuery("delete" + ROWS.get(store))
                    .setParameter("org", actor.orgId())
                    .setParameter("user", subject.userId())
                    .executeUpdate();
            if (rows > 0) {
                erased.put(store, (long) rows);
            }
        }
        return erased;
    }

    /** A user has up to 100 sessions, and each up to 100 subscriptions. */
    @SuppressWarnings("unchecked") // native queries are not typed
    private List<String> values(String store, Actor actor, Subject subject) {
        return em.createNativeQuery("select " + COLUMNS.get(store) + ROWS.get(store) + " limit 10000", String.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .getResultList();
    }
}
