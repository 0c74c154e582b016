package io.thespace.mcp.federation;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A user's credentials for remote servers, authorizations that the user has begun, and the user's sessions there. */
@Stateless
public class FederationPersonalData implements PersonalData {

    private static final Map<String, String> STORES = Map.of(
            "core.mcp_credentials",
            "changed_at",
            "core.mcp_authorizations",
            "begun_at",
            "core.mcp_upstream_sessions",
            "opened_at");
    private static final String THEIRS = " where org_id = :org and user_id = cast(:user as uuid)";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** A row as an export has it: without the secret. */
    record RemoteExport(String server, Instant since) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        Map<String, Long> counts = new LinkedHashMap<>();
        STORES.forEach((store, time) -> {
            int rows = rows(store, time, actor, subject).size();
            if (rows > 0) {
                counts.put(store, (long) rows);
            }
        });
        return counts;
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        STORES.forEach((store, time) -> rows(store, time, actor, subject)
                .forEach(row -> sink.accept(store, new RemoteExport((String) row[0], (Instant) row[1]))));
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        Map<String, Long> erased = new LinkedHashMap<>();
        STORES.keySet().forEach(store -> {
            int rows = em.createNativeQuery("delete from " + store + THEIRS)
                    .setParameter("org", actor.orgId())
                    .setParameter("user", subject.userId())
                    .executeUpdate();
            if (rows > 0) {
                erased.put(store, (long) rows);
            }
        });
        return erased;
    }

    @SuppressWarnings("unchecked") // native queries are not typed
    private List<Object[]> rows(String store, String time, Actor actor, Subject subject) {
        return em.createNativeQuery("select server, " + time + " from " + store + THEIRS + " limit 1000")
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .getResultList();
    }
}
