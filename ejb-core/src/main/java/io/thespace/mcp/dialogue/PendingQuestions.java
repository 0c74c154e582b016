package io.thespace.mcp.dialogue;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Questions that were sent to clients with sessions. They are in the database, so any node takes an answer; the node whose call waits
 * for it deletes it.
 */
@Stateless
public class PendingQuestions {

    /** The maximum of open questions of one session. */
    static final int MAX_OPEN = 20;

    private static final String OWN =
            " where org_id = :org and session_id = :session and answer is null and expires_at > now()";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /**
     * Opens questions of a session of the actor's.
     *
     * @return their ids, which are random
     * @throws Rejection {@code QUESTIONS_EXCEEDED}
     */
    public List<UUID> open(Actor actor, UUID session, int count, Duration limit) {
        Number open = (Number) em.createNativeQuery("select count(*) from core.mcp_questions" + OWN)
                .setParameter("org", actor.orgId())
                .setParameter("session", session)
                .getSingleResult();
        if (open.intValue() + count > MAX_OPEN) {
            throw new Rejection(
                    DialogueError.QUESTIONS_EXCEEDED,
                    "The session has %d open questions of at most %d. Answer them first."
                            .formatted(open.intValue(), MAX_OPEN));
        }
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID id = UuidCreator.getRandomBased();
            em.createNativeQuery("insert into core.mcp_questions (id, org_id, session_id, expires_at)"
                            + " values (:id, :org, :session, now() + make_interval(secs => :seconds))")
                    .setParameter("id", id)
                    .setParameter("org", actor.orgId())
                    .setParameter("session", session)
                    .setParameter("seconds", (double) limit.toSeconds())
                    .executeUpdate();
            ids.add(id);
        }
        return ids;
    }

    /**
     * Answers an open question of a session of the actor's.
     *
     * @param answer JSON of at most {@link Dialogue#MAX_ANSWERS} characters
     * @return whether there was one
     */
    public boolean answer(Actor actor, UUID session, UUID id, String answer) {
        return em.createNativeQuery("update core.mcp_questions set answer = :answer" + OWN + " and id = :id")
                        .setParameter("answer", answer)
                        .setParameter("org", actor.orgId())
                        .setParameter("session", session)
                        .setParameter("id", id)
                        .executeUpdate()
                > 0;
    }

    /** The answers so far, by question. */
    public Map<UUID, String> answers(Actor actor, List<UUID> ids) {
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = em.createNativeQuery("select id, answer from core.mcp_questions"
                        + " where org_id = :org and id in (:ids) and answer is not null")
                .setParameter("org", actor.orgId())
                .setParameter("ids", ids)
                .getResultList();
        Map<UUID, String> answers = new HashMap<>();
        rows.forEach(row -> answers.put((UUID) row[0], (String) row[1]));
        return answers;
    }

    /** Deletes questions with their answers. */
    public void close(Actor actor, List<UUID> ids) {
        em.createNativeQuery("delete from core.mcp_questions where org_id = :org and id in (:ids)")
                .setParameter("org", actor.orgId())
                .setParameter("ids", ids)
                .executeUpdate();
    }
}
