package io.thespace.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Audit records about the data subject. They are exported but never erased: removing one would break the hash chain. */
@Stateless
public class AuditPersonalData implements PersonalData {

    private static final String STORE = "core.audit_events";
    private static final int BATCH = 500;

    private static final String ABOUT =
            """
            from core.audit_events e where e.org_id = :org
            and (e.user_id = cast(:user as uuid)
                 or core.matches_person(cast(e.resource as text), cast(:user as uuid), cast(:mention as text)))
            """;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** A record in an export. */
    record AuditExport(
            UUID eventId,
            Instant time,
            UUID userId,
            String address,
            String method,
            String path,
            @JsonRawValue String resource,
            String outcome) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        long rows = ((Number) bind(em.createNativeQuery("select count(*) " + ABOUT), actor, subject)
                        .getSingleResult())
                .longValue();
        return rows == 0 ? Map.of() : Map.of(STORE, rows);
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        long after = 0;
        List<?> rows;
        do {
            rows = bind(
                            em.createNativeQuery(
                                    "select e.position, e.id, e.recorded_at, e.user_id, e.address, e.method,"
                                            + " e.path, cast(e.resource as text), e.outcome " + ABOUT
                                            + " and e.position > :after order by e.position limit :batch"),
                            actor,
                            subject)
                    .setParameter("after", after)
                    .setParameter("batch", BATCH)
                    .getResultList();
            for (Object row : rows) {
                Object[] c = (Object[]) row;
                after = ((Number) c[0]).longValue();
                sink.accept(
                        STORE,
                        new AuditExport(
                                (UUID) c[1],
                                (Instant) c[2],
                                (UUID) c[3],
                                (String) c[4],
                                (String) c[5],
                                (String) c[6],
                                (String) c[7],
                                (String) c[8]));
            }
        } while (rows.size() == BATCH);
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        return Map.of();
    }

    @Override
    public Map<String, String> kept() {
        return Map.of(
                STORE,
                "The record of who did what stays, unchanged, for as long as audit records are kept (GDPR article"
                        + " 17(3)(b) and (e)). It names a user by their id.");
    }

    private static Query bind(Query query, Actor actor, Subject subject) {
        return query.setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setParameter("mention", subject.mention());
    }
}
