package io.thespace.memory;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Personal data in memories. A memory is about its subject, and its subject's request deletes it; who only added it
 * is forgotten, and the memory stays. An identifier is compared as it is written.
 */
@Stateless
public class MemoryPersonalData implements PersonalData {

    private static final String STORE = "core.memories";
    private static final int BATCH = 100;

    private static final String ABOUT =
            "org_id = :org and (subject_user_id = cast(:user as uuid) or subject_key = cast(:name as text))";
    private static final String BY = "org_id = :org and created_by = cast(:user as uuid)";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        long count = ((Number)
                        bind("select count(*) from core.memories where (" + ABOUT + ") or (" + BY + ")", actor, subject)
                                .getSingleResult())
                .longValue();
        return count == 0 ? Map.of() : Map.of(STORE, count);
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        UUID after = new UUID(0, 0);
        List<Memory> rows;
        do {
            rows = em.createQuery(
                            "select m from Memory m where m.orgId = :org and (m.subjectUserId = :user or m.subjectKey = :name"
                                    + " or m.createdBy = :user) and m.id > :after order by m.id",
                            Memory.class)
                    .setParameter("org", actor.orgId())
                    .setParameter("user", subject.userId())
                    .setParameter("name", subject.normalForm())
                    .setParameter("after", after)
                    .setMaxResults(BATCH)
                    .getResultList();
            for (Memory memory : rows) {
                sink.accept(STORE, memory.view());
                after = memory.id();
                em.detach(memory);
            }
        } while (rows.size() == BATCH);
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        long erased = bind(
                        "delete from core.memories where id in (select id from core.memories where " + ABOUT
                                + " limit :most)",
                        actor,
                        subject)
                .setParameter("most", most)
                .executeUpdate();
        erased += user(
                        "update core.memories set created_by = null, version = version + 1 where id in"
                                + " (select id from core.memories where " + BY + " limit :most)",
                        actor,
                        subject)
                .setParameter("most", most - erased)
                .executeUpdate();
        return erased == 0 ? Map.of() : Map.of(STORE, erased);
    }

    private Query bind(String sql, Actor actor, Subject subject) {
        return user(sql, actor, subject).setParameter("name", subject.normalForm());
    }

    private Query user(String sql, Actor actor, Subject subject) {
        return em.createNativeQuery(sql).setParameter("org", actor.orgId()).setParameter("user", subject.userId());
    }
}
