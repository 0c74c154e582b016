package io.thespace.mcp.context;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** A user's contexts. */
@Stateless
public class ContextPersonalData implements PersonalData {

    private static final String STORE = "core.mcp_contexts";
    private static final int BATCH = 20;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        Number there = (Number) em.createNativeQuery(
                        "select count(*) from core.mcp_contexts where org_id = :org and user_id = cast(:user as uuid)")
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .getSingleResult();
        return rows(there.longValue());
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        if (subject.userId() == null) {
            return;
        }
        UUID after = new UUID(0, 0);
        List<ContextView> batch;
        do {
            batch = em
                    .createQuery(
                            "select c from McpContext c where c.orgId = :org and c.userId = :user and c.id > :after"
                                    + " order by c.id",
                            McpContext.class)
                    .setParameter("org", actor.orgId())
                    .setParameter("user", subject.userId())
                    .setParameter("after", after)
                    .setMaxResults(BATCH)
                    .getResultList()
                    .stream()
                    .map(McpContext::view)
                    .toList();
            for (ContextView context : batch) {
                sink.accept(STORE, context);
                after = context.contextId();
            }
            em.clear();
        } while (batch.size() == BATCH);
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        return rows(em.createNativeQuery("delete from core.mcp_contexts where id in (select id from core.mcp_contexts"
                        + " where org_id = :org and user_id = cast(:user as uuid) limit :most)")
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setParameter("most", most)
                .executeUpdate());
    }

    private static Map<String, Long> rows(long number) {
        return number == 0 ? Map.of() : Map.of(STORE, number);
    }
}
