package io.thespace.notification;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Which notifications a user has read; what the events say is theirs. */
@Stateless
public class NotificationPersonalData implements PersonalData {

    private static final String STORE = "core.notification_reads";
    private static final int BATCH = 500;
    private static final String THEIRS =
            " from core.notification_reads where org_id = :org and user_id = cast(:user as uuid)";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** The read state of a notification in an export. */
    record ReadExport(UUID notificationId, Instant readAt) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        long rows = ((Number) em.createNativeQuery("select count(*)" + THEIRS)
                        .setParameter("org", actor.orgId())
                        .setParameter("user", subject.userId())
                        .getSingleResult())
                .longValue();
        return rows == 0 ? Map.of() : Map.of(STORE, rows);
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        UUID after = new UUID(0, 0);
        List<Object[]> rows;
        do {
            rows = after(actor, subject, after);
            for (Object[] row : rows) {
                after = (UUID) row[0];
                sink.accept(STORE, new ReadExport(after, (Instant) row[1]));
            }
        } while (rows.size() == BATCH);
    }

    @SuppressWarnings("unchecked") // native queries are not typed
    private List<Object[]> after(Actor actor, Subject subject, UUID after) {
        return em.createNativeQuery(
                        "select event_id, read_at" + THEIRS + " and event_id > :after order by event_id limit " + BATCH)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setParameter("after", after)
                .getResultList();
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        int erased = em.createNativeQuery("delete from core.notification_reads where org_id = :org"
                        + " and user_id = cast(:user as uuid) and event_id in (select event_id" + THEIRS
                        + " limit :most)")
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setParameter("most", most)
                .executeUpdate();
        return erased == 0 ? Map.of() : Map.of(STORE, (long) erased);
    }
}
