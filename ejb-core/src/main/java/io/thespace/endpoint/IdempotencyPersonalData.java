package io.thespace.endpoint;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Answers that are kept for a day for their idempotency keys: a user's own are deleted, others that speak of somebody lose
 * their content. That the call was done is still known, so that it is not done again.
 */
@Stateless
public class IdempotencyPersonalData implements PersonalData {

    private static final String STORE = "core.idempotency_keys";

    private static final String ABOUT =
            """
            from core.idempotency_keys k where k.org_id = :org
            and (k.principal = cast(:user as uuid)
                 or core.matches_person(core.text_of(k.body), cast(:user as uuid), cast(:mention as text))
                 or core.matches_person(cast(k.headers as text), cast(:user as uuid), cast(:mention as text))
                 or core.matches_person(k.key, cast(:mention as text)))
            """;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** An answer in an export. */
    record AnswerExport(String key, int status, Instant createdAt) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        return counted(((Number) bind(em.createNativeQuery("select count(*) " + ABOUT), actor, subject)
                        .getSingleResult())
                .longValue());
    }

    /** The person's own calls of the last day; what others were answered is not theirs to see. */
    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        if (subject.userId() == null) {
            return;
        }
        List<?> rows = em.createNativeQuery("select key, status, created_at from core.idempotency_keys"
                        + " where org_id = :org and principal = :user order by created_at, key limit 100000")
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .getResultList();
        for (Object row : rows) {
            Object[] columns = (Object[]) row;
            sink.accept(STORE, new AnswerExport((String) columns[0], ((Number) columns[1]).intValue(), (Instant)
                    columns[2]));
        }
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        long rows = bind(
                        em.createNativeQuery("delete from core.idempotency_keys where (org_id, principal, key) in"
                                + " (select k.org_id, k.principal, k.key " + ABOUT
                                + " and (k.principal = cast(:user as uuid) or core.matches_person(k.key, cast(:mention as text)))"
                                + " limit :most)"),
                        actor,
                        subject)
                .setParameter("most", most)
                .executeUpdate();
        if (rows == 0) {
            rows = bind(
                            em.createNativeQuery("update core.idempotency_keys set media_type = 'application/json',"
                                    + " headers = '{}', body = convert_to(:erased, 'UTF8') where (org_id, principal, key) in"
                                    + " (select k.org_id, k.principal, k.key " + ABOUT + " limit :most)"),
                            actor,
                            subject)
                    .setParameter("erased", "{\"erased\":true}")
                    .setParameter("most", most)
                    .executeUpdate();
        }
        return counted(rows);
    }

    private static Query bind(Query query, Actor actor, Subject subject) {
        return query.setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setParameter("mention", subject.mention());
    }

    private static Map<String, Long> counted(long rows) {
        return rows == 0 ? Map.of() : Map.of(STORE, rows);
    }
}
