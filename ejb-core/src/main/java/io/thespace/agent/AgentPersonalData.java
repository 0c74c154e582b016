package io.thespace.agent;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Who made an agent, and whom its texts speak of; the agent itself is the organization's and stays. */
@Stateless
public class AgentPersonalData implements PersonalData {

    private static final String STORE = "core.agents";
    private static final int BATCH = 500;

    private static final String ABOUT =
            """
            from core.agents a where a.org_id = :org
            and (a.created_by = cast(:user as uuid) or core.matches_person(a.name, cast(:mention as text))
                 or core.matches_person(a.description, cast(:mention as text)))
            """;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        return counted(((Number) bind(em.createNativeQuery("select count(*) " + ABOUT), actor, subject)
                        .getSingleResult())
                .longValue());
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        List<?> agents;
        int first = 0;
        do {
            agents = bind(em.createNativeQuery("select a.* " + ABOUT + " order by a.id", Agent.class), actor, subject)
                    .setFirstResult(first)
                    .setMaxResults(BATCH)
                    .getResultList();
            for (Object agent : agents) {
                sink.accept(STORE, ((Agent) agent).view());
                em.detach(agent);
            }
            first += agents.size();
        } while (agents.size() == BATCH);
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        return counted(bind(
                        em.createNativeQuery(
                                """
                                update core.agents
                                set created_by = case when created_by = cast(:user as uuid) then null else created_by end,
                                    name = case when core.matches_person(name, cast(:mention as text)) then 'erased' else name end,
                                    description = case when core.matches_person(description, cast(:mention as text))
                                        then 'erased' else description end,
                                    version = version + 1
                                where id in (select a.id
                                """
                                        + ABOUT + " limit :most)"),
                        actor,
                        subject)
                .setParameter("most", most)
                .executeUpdate());
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
