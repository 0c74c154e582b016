package io.thespace.webhook;

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

/** Personal data in responses of webhooks' receivers, which may repeat the request. */
@Stateless
public class WebhookPersonalData implements PersonalData {

    private static final String STORE = "core.webhook_deliveries";
    private static final String ABOUT = " from core.webhook_deliveries d where d.org_id = :org"
            + " and core.matches_person(d.answer, cast(:user as uuid), cast(:mention as text))";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** An answer in an export. */
    record AnswerExport(UUID deliveryId, UUID eventId, Instant attemptedAt, String answer) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        long rows = ((Number) about("select count(*)" + ABOUT, actor, subject).getSingleResult()).longValue();
        return rows == 0 ? Map.of() : Map.of(STORE, rows);
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = about(
                        "select d.id, d.event_id, d.attempted_at, d.answer" + ABOUT + " order by d.id", actor, subject)
                .setMaxResults(Webhooks.MAX_WEBHOOKS * WebhookDeliveries.MAX_KEPT)
                .getResultList();
        rows.forEach(row ->
                sink.accept(STORE, new AnswerExport((UUID) row[0], (UUID) row[1], (Instant) row[2], (String) row[3])));
    }

    /** Attempts stay, without the answers. */
    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        int rows = about(
                        "update core.webhook_deliveries set answer = null where id in (select d.id" + ABOUT
                                + " limit :most)",
                        actor,
                        subject)
                .setParameter("most", most)
                .executeUpdate();
        return rows == 0 ? Map.of() : Map.of(STORE, (long) rows);
    }

    private Query about(String sql, Actor actor, Subject subject) {
        return em.createNativeQuery(sql)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setParameter("mention", subject.mention());
    }
}
