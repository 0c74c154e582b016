package io.thespace.directive;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Who made, promoted and revoked directives. What was in force stays; that somebody did it is forgotten. */
@Stateless
public class DirectivePersonalData implements PersonalData {

    private static final String DIRECTIVES = "core.directives";
    private static final String VERSIONS = "core.directive_versions";
    private static final Map<String, String> ABOUT = Map.of(
            DIRECTIVES, "org_id = :org and created_by = cast(:user as uuid)",
            VERSIONS, "org_id = :org and cast(:user as uuid) in (created_by, promoted_by, revoked_by)");
    private static final int BATCH = 100;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** What somebody had to do with a version. */
    record Part(UUID directiveId, int version, boolean created, boolean promoted, boolean revoked) {}

    /** That somebody made a directive. */
    record Made(UUID directiveId) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String table : List.of(DIRECTIVES, VERSIONS)) {
            long rows = ((Number) bound("select count(*) from " + table + " where " + ABOUT.get(table), actor, subject)
                            .getSingleResult())
                    .longValue();
            if (rows > 0) {
                counts.put(table, rows);
            }
        }
        return counts;
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        walk(
                "select id from core.directives where " + ABOUT.get(DIRECTIVES),
                actor,
                subject,
                row -> sink.accept(DIRECTIVES, new Made((UUID) row[0])));
        walk(
                "select id, directive_id, number, coalesce(created_by = cast(:user as uuid), false),"
                        + " coalesce(promoted_by = cast(:user as uuid), false),"
                        + " coalesce(revoked_by = cast(:user as uuid), false)"
                        + " from core.directive_versions where " + ABOUT.get(VERSIONS),
                actor,
                subject,
                row -> sink.accept(
                        VERSIONS,
                        new Part(
                                (UUID) row[1],
                                ((Number) row[2]).intValue(),
                                (Boolean) row[3],
                                (Boolean) row[4],
                                (Boolean) row[5])));
    }

    private void walk(String query, Actor actor, Subject subject, Consumer<Object[]> each) {
        UUID after = new UUID(0, 0);
        List<?> rows;
        do {
            rows = bound(query + " and id > :after order by id", actor, subject)
                    .setParameter("after", after)
                    .setMaxResults(BATCH)
                    .getResultList();
            for (Object row : rows) {
                Object[] columns = row instanceof Object[] several ? several : new Object[] {row};
                each.accept(columns);
                after = (UUID) columns[0];
            }
        } while (rows.size() == BATCH);
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        Map<String, Long> erased = new LinkedHashMap<>();
        long left = most;
        // Directives before their versions, as everybody locks them.
        for (String table : List.of(DIRECTIVES, VERSIONS)) {
            String forget = table.equals(DIRECTIVES)
                    ? "created_by = null"
                    : "created_by = nullif(created_by, :user), promoted_by = nullif(promoted_by, :user),"
                            + " revoked_by = nullif(revoked_by, :user)";
            if (left == 0 || subject.userId() == null) {
                break;
            }
            int rows = bound(
                            "update %s set %s, version = version + 1 where id = any (array(select id from %s where %s order by id limit :most for update))"
                                    .formatted(table, forget, table, ABOUT.get(table)),
                            actor,
                            subject)
                    .setParameter("most", left)
                    .executeUpdate();
            if (rows > 0) {
                erased.put(table, (long) rows);
            }
            left -= rows;
        }
        return erased;
    }

    private Query bound(String sql, Actor actor, Subject subject) {
        return em.createNativeQuery(sql).setParameter("org", actor.orgId()).setParameter("user", subject.userId());
    }
}
