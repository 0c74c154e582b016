package io.thespace.request;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Request log entries of the data subject. Erasure deletes them; they are scanned without an index, since they cover a few hours. */
@Stateless
public class RequestPersonalData implements PersonalData {

    private static final String STORE = "core.requests";
    private static final int BATCH = 500;
    private static final String THEIRS = " from core.requests r where r.org_id = :org and r.user_id = :user";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** A call in an export. */
    record RequestExport(UUID id, String requestId, @JsonRawValue String call) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        if (subject.userId() == null) {
            return Map.of();
        }
        long calls = ((Number) em.createNativeQuery("select count(*)" + THEIRS)
                        .setParameter("org", actor.orgId())
                        .setParameter("user", subject.userId())
                        .getSingleResult())
                .longValue();
        return calls == 0 ? Map.of() : Map.of(STORE, calls);
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        if (subject.userId() == null) {
            return;
        }
        UUID after = new UUID(0, 0);
        List<Object[]> rows;
        do {
            rows = next(actor, subject, after);
            for (Object[] row : rows) {
                after = (UUID) row[0];
                sink.accept(STORE, new RequestExport(after, (String) row[1], (String) row[2]));
            }
        } while (rows.size() == BATCH);
    }

    @SuppressWarnings("unchecked") // native queries are not typed
    private List<Object[]> next(Actor actor, Subject subject, UUID after) {
        return em.createNativeQuery(
                        "select r.id, r.request_id, cast(r.call as text)" + THEIRS + " and r.id > :after order by r.id")
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setParameter("after", after)
                .setMaxResults(BATCH)
                .getResultList();
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        if (subject.userId() == null) {
            return Map.of();
        }
        long erased = em.createNativeQuery(
                        "delete from core.requests where id in (select r.id" + THEIRS + " order by r.id limit :most)")
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setParameter("most", most)
                .executeUpdate();
        return erased == 0 ? Map.of() : Map.of(STORE, erased);
    }
}
