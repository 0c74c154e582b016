package io.thespace.token;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A user's personal access tokens, which are deleted; others whose texts speak of somebody lose those texts. */
@Stateless
public class TokenPersonalData implements PersonalData {

    private static final String STORE = "core.tokens";
    private static final int BATCH = 500;

    private static final String ABOUT =
            """
            from core.tokens t where t.org_id = :org
            and (t.user_id = cast(:user as uuid) or core.matches_person(t.name, cast(:mention as text))
                 or core.matches_person(t.revoked_reason, cast(:mention as text)))
            """;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        return counted(
                bind(em.createNativeQuery("select count(*) " + ABOUT), subject).setParameter("org", actor.orgId()));
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        List<?> tokens;
        int first = 0;
        do {
            tokens = bind(em.createNativeQuery("select t.* " + ABOUT + " order by t.id", Token.class), subject)
                    .setParameter("org", actor.orgId())
                    .setFirstResult(first)
                    .setMaxResults(BATCH)
                    .getResultList();
            for (Object token : tokens) {
                sink.accept(STORE, ((Token) token).view());
                em.detach(token);
            }
            first += tokens.size();
        } while (tokens.size() == BATCH);
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        return counted(bind(
                        em.createNativeQuery(
                                "select core.erase_tokens(cast(:user as uuid), cast(:mention as text), :most)"),
                        subject)
                .setParameter("most", most));
    }

    private static Query bind(Query query, Subject subject) {
        return query.setParameter("user", subject.userId()).setParameter("mention", subject.mention());
    }

    private static Map<String, Long> counted(Query query) {
        long rows = ((Number) query.getSingleResult()).longValue();
        return rows == 0 ? Map.of() : Map.of(STORE, rows);
    }
}
