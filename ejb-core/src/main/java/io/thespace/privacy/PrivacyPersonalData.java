package io.thespace.privacy;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Earlier data requests and cleared legal holds of a person, and the exports made for them. */
@Stateless
public class PrivacyPersonalData implements PersonalData {

    private static final String REQUESTS = "core.data_requests";
    private static final String EXPORTS = "core.data_exports";
    private static final String HOLDS = "core.legal_holds";

    private static final String SUBJECT =
            " (user_id = cast(:user as uuid) or core.matches_person(identifier, cast(:exact as text))) ";

    /** Of an erasure that is not completed its own end lets go. */
    private static final String ABOUT_REQUESTS = "from core.data_requests where org_id = :org and" + SUBJECT
            + "and (kind <> 'erasure' or state = 'completed')";

    private static final String ABOUT_HOLDS =
            "from core.legal_holds where org_id = :org and cleared_at is not null and (("
                    + SUBJECT + "and identifier is not null) or core.matches_person(reason, cast(:mention as text))"
                    + " or core.matches_person(cleared_reason, cast(:mention as text)))";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** A request in an export. */
    record RequestExport(UUID requestId, String kind, String state, Instant createdAt, Instant endedAt) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        Map<String, Long> counts = new LinkedHashMap<>();
        put(
                counts,
                EXPORTS,
                number(
                        actor,
                        subject,
                        "select count(*) from core.data_exports where request_id in (select id " + ABOUT_REQUESTS
                                + ")"));
        put(
                counts,
                REQUESTS,
                number(actor, subject, "select count(*) " + ABOUT_REQUESTS + " and identifier is not null"));
        put(
                counts,
                HOLDS,
                ((Number) holds("select count(*) " + ABOUT_HOLDS, actor, subject)
                                .getSingleResult())
                        .longValue());
        return counts;
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        List<?> rows = bind(
                        em.createNativeQuery("select id, kind, state, created_at, ended_at " + ABOUT_REQUESTS
                                + " order by id limit 10000"),
                        actor,
                        subject)
                .getResultList();
        for (Object row : rows) {
            Object[] c = (Object[]) row;
            sink.accept(REQUESTS, new RequestExport((UUID) c[0], (String) c[1], (String) c[2], (Instant) c[3], (Instant)
                    c[4]));
        }
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        Map<String, Long> erased = new LinkedHashMap<>();
        put(
                erased,
                EXPORTS,
                bind(
                                em.createNativeQuery("delete from core.data_exports where (request_id, source, part) in"
                                        + " (select request_id, source, part from core.data_exports where request_id in"
                                        + " (select id " + ABOUT_REQUESTS + ") limit :most)"),
                                actor,
                                subject)
                        .setParameter("most", Math.min(most, 100))
                        .executeUpdate());
        put(
                erased,
                REQUESTS,
                bind(
                                em.createNativeQuery(
                                        "update core.data_requests set identifier = null, export_until = null,"
                                                + " version = version + 1 where id in (select id " + ABOUT_REQUESTS
                                                + " and identifier is not null and state = 'completed'"
                                                // Without the identifier the parts that are left would be found no
                                                // more.
                                                + " and not exists (select from core.data_exports e"
                                                + " where e.request_id = core.data_requests.id) limit :most)"),
                                actor,
                                subject)
                        .setParameter("most", most)
                        .executeUpdate());
        put(
                erased,
                HOLDS,
                holds(
                                "update core.legal_holds set identifier = null,"
                                        + " reason = 'erased', cleared_reason = 'erased', version = version + 1"
                                        + " where id in (select id " + ABOUT_HOLDS + " limit :most)",
                                actor,
                                subject)
                        .setParameter("most", most)
                        .executeUpdate());
        return erased;
    }

    private long number(Actor actor, Subject subject, String sql) {
        return ((Number) bind(em.createNativeQuery(sql), actor, subject).getSingleResult()).longValue();
    }

    private static Query bind(Query query, Actor actor, Subject subject) {
        return query.setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setParameter("exact", subject.exact());
    }

    private Query holds(String sql, Actor actor, Subject subject) {
        return bind(em.createNativeQuery(sql), actor, subject).setParameter("mention", subject.mention());
    }

    private static void put(Map<String, Long> counts, String store, long rows) {
        if (rows > 0) {
            counts.put(store, rows);
        }
    }
}
