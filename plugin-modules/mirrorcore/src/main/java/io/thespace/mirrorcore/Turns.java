package io.thespace.mirrorcore;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.UUID;

/** Stores, measures and lists turns. */
@Stateless
public class Turns {

    @PersistenceContext(unitName = "mirrorcore")
    private EntityManager entities;

    @Inject
    private Models models;

    public Turns() {}

    /** Outside of a container. */
    @SuppressWarnings("UnnecessaryAssignment") // For use without a container.
    Turns(EntityManager entities, Models models) {
        this.entities = entities;
        this.models = models;
    }

    /**
     * Measures a turn and puts it at the session's end.
     *
     * @throws Rejection {@code UNREADABLE_TEXT}, {@code MODELS_NOT_LOADED}, {@code SESSION_NOT_FOUND}, {@code
     *     SESSION_COMPLETED} or {@code SESSION_FULL}
     */
    public TurnView add(Actor actor, UUID sessionId, TurnOrder order) {
        String name = order.speaker().strip();
        if (name.isEmpty()) {
            throw Rejection.of(MirrorError.UNREADABLE_TEXT, "speaker", "Say who spoke; the name is blank.");
        }
        Sessions.requireReadable("speaker", name);
        Sessions.requireReadable("text", order.text());
        // Before the session is locked: this is what takes long.
        Measured measured = Measured.of(order.text(), models.get());
        Session session = entities
                .createQuery("select s from Session s where s.orgId = :org and s.id = :id", Session.class)
                .setParameter("org", actor.orgId())
                .setParameter("id", sessionId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .stream()
                .findFirst()
                .orElseThrow(() -> Sessions.notFound(sessionId));
        int position = session.grow(measured.counts());
        Speaker speaker = speaker(session, name);
        Turn turn = new Turn(actor, speaker, position, order.text(), measured);
        entities.persist(turn);
        entities.flush();
        return turn.view(name);
    }

    private Speaker speaker(Session session, String name) {
        List<Speaker> speakers = entities.createQuery(
                        "select p from Speaker p where p.orgId = :org and p.sessionId = :session", Speaker.class)
                .setParameter("org", session.orgId())
                .setParameter("session", session.id())
                .getResultList();
        return speakers.stream()
                .filter(speaker -> speaker.name().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    if (speakers.size() >= Session.MAX_SPEAKERS) {
                        throw Session.full(
                                "A session has at most %d speakers. Use the name of one of them, or another session."
                                        .formatted(Session.MAX_SPEAKERS));
                    }
                    Speaker added = new Speaker(session, name);
                    entities.persist(added);
                    return added;
                });
    }

    /**
     * A session's turns, in their order.
     *
     * @throws Rejection {@code SESSION_NOT_FOUND}
     */
    public Page<TurnView> page(Actor actor, UUID sessionId, PageRequest page) {
        if (entities.createQuery("select s.id from Session s where s.orgId = :org and s.id = :id", UUID.class)
                .setParameter("org", actor.orgId())
                .setParameter("id", sessionId)
                .getResultList()
                .isEmpty()) {
            throw Sessions.notFound(sessionId);
        }
        List<TurnView> rows = entities
                .createQuery(
                        """
                        select t, p.name from Turn t join Speaker p on p.id = t.speakerId
                        where t.orgId = :org and t.sessionId = :session and t.position > :after
                        order by t.position
                        """,
                        Object[].class)
                .setParameter("org", actor.orgId())
                .setParameter("session", sessionId)
                .setParameter("after", page.after().map(Integer::valueOf).orElse(0))
                .setMaxResults(page.limit() + 1)
                .getResultList()
                .stream()
                .map(row -> ((Turn) row[0]).view((String) row[1]))
                .toList();
        return Page.of(rows, page.limit(), view -> Integer.toString(view.position()));
    }
}
