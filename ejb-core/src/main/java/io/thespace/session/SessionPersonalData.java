package io.thespace.session;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Personal data in sessions. A session with all its messages is about its subject, or about the user who opened it
 * when it has none; of one that a user opened about somebody else only that they did is about the user.
 */
@Stateless
public class SessionPersonalData implements PersonalData {

    private static final String SESSIONS = "core.sessions";
    private static final String MESSAGES = "core.session_messages";

    private static final String ABOUT = "s.org_id = :org and (s.subject_key = cast(:name as text)"
            + " or s.subject is null and s.user_id = cast(:user as uuid))";

    private static final String OPENED = "s.org_id = :org and s.user_id = cast(:user as uuid) and s.subject is not null"
            + " and s.subject_key is distinct from cast(:name as text)";

    private static final int BATCH = 100;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** That somebody opened a session about somebody else. */
    record Opened(UUID sessionId, Instant createdAt) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        Map<String, Long> counts = new LinkedHashMap<>();
        put(
                counts,
                MESSAGES,
                number(
                        "select count(*) from core.session_messages m join core.sessions s on s.id = m.session_id where "
                                + ABOUT,
                        actor,
                        subject));
        put(
                counts,
                SESSIONS,
                number("select count(*) from core.sessions s where " + ABOUT, actor, subject)
                        + number("select count(*) from core.sessions s where " + OPENED, actor, subject));
        return counts;
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        Instant now = Instant.now();
        UUID after = new UUID(0, 0);
        List<Session> sessions;
        do {
            sessions = em.createQuery(
                            "select s from Session s where s.orgId = :org and s.id > :after and (s.subjectKey = :name"
                                    + " or s.userId = :user) order by s.id",
                            Session.class)
                    .setParameter("org", actor.orgId())
                    .setParameter("after", after)
                    .setParameter("name", subject.normalForm())
                    .setParameter("user", subject.userId())
                    .setMaxResults(BATCH)
                    .getResultList();
            for (Session session : sessions) {
                SessionView view = session.view(now);
                after = view.id();
                em.detach(session);
                if (view.subject() == null || PersonIdentifier.same(view.subject(), subject.identifier())) {
                    sink.accept(SESSIONS, view);
                    exportMessages(view.id(), sink);
                } else {
                    sink.accept(SESSIONS, new Opened(view.id(), view.createdAt()));
                }
            }
        } while (sessions.size() == BATCH);
    }

    private void exportMessages(UUID sessionId, BiConsumer<String, Object> sink) {
        int after = 0;
        List<Message> messages;
        do {
            messages = em.createQuery(
                            "select m from Message m where m.sessionId = :id and m.position > :after order by m.position",
                            Message.class)
                    .setParameter("id", sessionId)
                    .setParameter("after", after)
                    .setMaxResults(BATCH)
                    .getResultList();
            for (Message message : messages) {
                MessageView view = message.view();
                after = view.position();
                em.detach(message);
                sink.accept(MESSAGES, view);
            }
        } while (messages.size() == BATCH);
    }

    /** Deletes messages, then the sessions that are left with none; then lets sessions forget who opened them. */
    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        // Sessions are locked before their messages, as everybody does it, so that no two wait for each other.
        long messages = update(
                """
                with picked as materialized (
                    select m.id, m.session_id
                    from core.session_messages m join core.sessions s on s.id = m.session_id where %s limit :most),
                locked as materialized (
                    select id from core.sessions where id in (select session_id from picked) order by id for update)
                delete from core.session_messages
                where id in (select id from picked) and session_id in (select id from locked)
                """
                        .formatted(ABOUT),
                actor,
                subject,
                most);
        long sessions = update(
                """
                delete from core.sessions where id = any (array(
                    select s.id from core.sessions s
                    where %s and not exists (select from core.session_messages m where m.session_id = s.id)
                    order by s.id limit :most for update))
                """
                        .formatted(ABOUT),
                actor,
                subject,
                most - messages);
        sessions += update(
                """
                update core.sessions set user_id = null, version = version + 1 where id = any (array(
                    select s.id from core.sessions s where %s order by s.id limit :most for update))
                """
                        .formatted(OPENED),
                actor,
                subject,
                most - messages - sessions);
        Map<String, Long> erased = new LinkedHashMap<>();
        put(erased, MESSAGES, messages);
        put(erased, SESSIONS, sessions);
        return erased;
    }

    private static void put(Map<String, Long> counts, String table, long rows) {
        if (rows > 0) {
            counts.put(table, rows);
        }
    }

    private long number(String sql, Actor actor, Subject subject) {
        return ((Number) bound(sql, actor, subject).getSingleResult()).longValue();
    }

    private long update(String sql, Actor actor, Subject subject, long most) {
        return most == 0
                ? 0
                : bound(sql, actor, subject).setParameter("most", most).executeUpdate();
    }

    private Query bound(String sql, Actor actor, Subject subject) {
        return em.createNativeQuery(sql)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setParameter("name", subject.normalForm());
    }
}
