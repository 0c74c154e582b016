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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Stores the organization's conversations and measures them. All members of the organization can read all of them. */
@Stateless(name = "MirrorcoreSessions")
public class Sessions {

    /** Behind every id, as PostgreSQL orders them. */
    private static final UUID LAST = new UUID(-1L, -1L);

    /** The maximum of turns read at once. */
    private static final int BATCH = 100;

    @PersistenceContext(unitName = "mirrorcore")
    private EntityManager entities;

    @Inject
    private Platform platform;

    public Sessions() {}

    /** Outside of a container. */
    @SuppressWarnings("UnnecessaryAssignment") // For use without a container.
    Sessions(EntityManager entities, Platform platform) {
        this.entities = entities;
        this.platform = platform;
    }

    /**
     * Opens an empty session.
     *
     * @throws Rejection {@code UNREADABLE_TEXT}
     */
    public SessionView open(Actor actor, SessionOrder order) {
        requireReadable("title", order.title());
        Session session = new Session(actor, order.title());
        entities.persist(session);
        // Now and not at the commit, so that a rehearsal tries it too.
        entities.flush();
        return session.view();
    }

    /** The newest first. */
    public Page<SessionView> page(Actor actor, PageRequest page) {
        List<SessionView> rows = entities.createQuery(
                        """
                        select new io.thespace.mirrorcore.SessionView(
                            s.id, s.title, s.createdBy, s.createdAt, s.completedAt, s.turns, s.words)
                        from Session s
                        where s.orgId = :org and s.id < :before
                        order by s.id desc
                        """,
                        SessionView.class)
                .setParameter("org", actor.orgId())
                .setParameter("before", page.after().map(UUID::fromString).orElse(LAST))
                .setMaxResults(page.limit() + 1)
                .getResultList();
        return Page.of(rows, page.limit(), view -> view.sessionId().toString());
    }

    /**
     * Returns a session.
     *
     * @throws Rejection {@code SESSION_NOT_FOUND}
     */
    public SessionView find(Actor actor, UUID id) {
        return read(actor, id, LockModeType.NONE).view();
    }

    /**
     * Gives a session another title, or none.
     *
     * @throws Rejection {@code UNREADABLE_TEXT} or {@code SESSION_NOT_FOUND}
     */
    public SessionView rename(Actor actor, UUID id, SessionOrder order) {
        requireReadable("title", order.title());
        Session session = read(actor, id, LockModeType.PESSIMISTIC_WRITE);
        session.rename(order.title());
        entities.flush();
        return session.view();
    }

    /**
     * Deletes a session with all its turns.
     *
     * @throws Rejection {@code SESSION_NOT_FOUND}
     */
    public void delete(Actor actor, UUID id) {
        int gone = entities.createQuery("delete from Session s where s.orgId = :org and s.id = :id")
                .setParameter("org", actor.orgId())
                .setParameter("id", id)
                .executeUpdate();
        if (gone == 0) {
            throw notFound(id);
        }
    }

    /**
     * Measures a session as it is now.
     *
     * @throws Rejection {@code SESSION_NOT_FOUND}
     */
    public MetricsView metrics(Actor actor, UUID id) {
        return measure(read(actor, id, LockModeType.NONE));
    }

    /**
     * Ends a session, which then takes no more turns, measures it, and publishes {@link SessionMeasured}.
     *
     * @throws Rejection {@code SESSION_NOT_FOUND}, {@code SESSION_COMPLETED} or {@code SESSION_EMPTY}
     */
    public MetricsView complete(Actor actor, UUID id) {
        Session session = read(actor, id, LockModeType.PESSIMISTIC_WRITE);
        session.complete();
        entities.flush();
        MetricsView metrics = measure(session);
        platform.events().publish(actor, SessionMeasured.TYPE, id.toString(), SessionMeasured.of(metrics));
        return metrics;
    }

    static Rejection notNamed() {
        return Rejection.of(
                MirrorError.SESSION_NOT_NAMED, "session_id", "Send session_id: the session whose metrics are wanted.");
    }

    static Rejection notFound(UUID id) {
        return new Rejection(MirrorError.SESSION_NOT_FOUND, "There is no session %s.".formatted(id));
    }

    /** @throws Rejection {@code UNREADABLE_TEXT} when the database can't keep it */
    static void requireReadable(String field, String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            throw Rejection.of(
                    MirrorError.UNREADABLE_TEXT, field, "The %s has the character NUL; leave it out.".formatted(field));
        }
    }

    private Session read(Actor actor, UUID id, LockModeType lock) {
        Optional<Session> found = entities
                .createQuery("select s from Session s where s.orgId = :org and s.id = :id", Session.class)
                .setParameter("org", actor.orgId())
                .setParameter("id", id)
                .setLockMode(lock)
                .getResultList()
                .stream()
                .findFirst();
        return found.orElseThrow(() -> notFound(id));
    }

    private MetricsView measure(Session session) {
        Map<UUID, String> names = entities
                .createQuery("select p from Speaker p where p.orgId = :org and p.sessionId = :session", Speaker.class)
                .setParameter("org", session.orgId())
                .setParameter("session", session.id())
                .getResultList()
                .stream()
                .collect(Collectors.toMap(Speaker::id, Speaker::name));
        Mirror mirror = new Mirror(session.id(), session.turns(), session.words(), names);
        int after = 0;
        List<Turn> batch;
        do {
            // Up to the last turn at the time of reading the session: another may be added meanwhile.
            batch = entities.createQuery(
                            """
                            select t from Turn t
                            where t.orgId = :org and t.sessionId = :session and t.position > :after
                                and t.position <= :last
                            order by t.position
                            """,
                            Turn.class)
                    .setParameter("org", session.orgId())
                    .setParameter("session", session.id())
                    .setParameter("after", after)
                    .setParameter("last", session.lastPosition())
                    .setMaxResults(BATCH)
                    .getResultList();
            for (Turn turn : batch) {
                mirror.add(turn);
                after = turn.position();
                entities.detach(turn);
            }
        } while (batch.size() == BATCH);
        return mirror.view();
    }
}
