package io.thespace.mirrorcore;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.PersonalData.Subject;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * What is kept about somebody. A turn is about the user who added it, and about the speaker of that name, in any spelling; a session
 * about the user who opened it; the settings about the user who changed them last.
 */
@Stateless
public class MirrorPersonalData {

    private static final String ABOUT =
            """
            from mirrorcore.turn t join mirrorcore.speaker p on p.id = t.speaker_id
            where t.org_id = :org and (t.created_by = cast(:user as uuid) or p.name_key = cast(:name as text))
            """;

    private static final int BATCH = 100;
    private static final int UNKEYED = 1_000;

    @PersistenceContext(unitName = "mirrorcore")
    private EntityManager entities;

    public MirrorPersonalData() {}

    /** Outside of a container. */
    MirrorPersonalData(EntityManager entities) {
        this.entities = entities;
    }

    /** How many rows of each table are about the subject. */
    public Map<String, Long> count(Actor actor, Subject subject) {
        fillKeys(actor);
        Map<String, Long> counts = new LinkedHashMap<>();
        put(counts, "turn", number(about(actor, subject, "select count(*) " + ABOUT)));
        put(
                counts,
                "speaker",
                number(
                        named(
                                actor,
                                subject,
                                "select count(*) from mirrorcore.speaker where org_id = :org and name_key = cast(:name as text)")));
        put(
                counts,
                "session",
                number(
                        user(
                                actor,
                                subject,
                                "select count(*) from mirrorcore.session where org_id = :org and created_by = cast(:user as uuid)")));
        put(
                counts,
                "setting",
                number(
                        user(
                                actor,
                                subject,
                                "select count(*) from mirrorcore.setting where org_id = :org and changed_by = cast(:user as uuid)")));
        return counts;
    }

    /** Hands over the turns and the sessions, a batch after the other. */
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        fillKeys(actor);
        UUID after = new UUID(0, 0);
        List<Object[]> turns;
        do {
            turns = entities.createQuery(
                            """
                            select t, p.name from Turn t join Speaker p on p.id = t.speakerId
                            where t.orgId = :org and (t.createdBy = :user or p.nameKey = :name) and t.id > :after
                            order by t.id
                            """,
                            Object[].class)
                    .setParameter("org", actor.orgId())
                    .setParameter("user", subject.userId())
                    .setParameter("name", subject.normalForm())
                    .setParameter("after", after)
                    .setMaxResults(BATCH)
                    .getResultList();
            for (Object[] row : turns) {
                Turn turn = (Turn) row[0];
                TurnView view = turn.view((String) row[1]);
                sink.accept("turn", view);
                after = view.turnId();
                entities.detach(turn);
            }
        } while (turns.size() == BATCH);
        after = new UUID(0, 0);
        List<Session> sessions;
        do {
            sessions = entities.createQuery(
                            """
                            select s from Session s
                            where s.orgId = :org and s.createdBy = :user and s.id > :after
                            order by s.id
                            """,
                            Session.class)
                    .setParameter("org", actor.orgId())
                    .setParameter("user", subject.userId())
                    .setParameter("after", after)
                    .setMaxResults(BATCH)
                    .getResultList();
            for (Session session : sessions) {
                sink.accept("session", session.view());
                after = session.id();
                entities.detach(session);
            }
        } while (sessions.size() == BATCH);
    }

    /**
     * Deletes turns, and the speakers that are left with none; then lets sessions forget who opened them and their titles, or
     * deletes those without turns; and lets the settings forget who changed them.
     *
     * @param most rows to treat
     * @return how many rows of each table were treated; empty when nothing was left
     */
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        fillKeys(actor);
        Map<String, Long> erased = new LinkedHashMap<>();
        long left = most;
        left -= put(erased, "turn", eraseTurns(actor, subject, left));
        left -= put(
                erased,
                "speaker",
                update(
                        named(
                                actor,
                                subject,
                                """
                                delete from mirrorcore.speaker where id in (
                                    select p.id from mirrorcore.speaker p
                                    where p.org_id = :org and p.name_key = cast(:name as text)
                                        and not exists (select from mirrorcore.turn t where t.speaker_id = p.id)
                                    limit :most)
                                """),
                        left));
        left -= put(
                erased,
                "session",
                update(
                                user(
                                        actor,
                                        subject,
                                        """
                                        delete from mirrorcore.session where id in (
                                            select id from mirrorcore.session
                                            where org_id = :org and created_by = cast(:user as uuid) and turns = 0
                                            limit :most)
                                        -- Once more, of the row as it is when a first turn was added meanwhile.
                                        and turns = 0
                                        """),
                                left)
                        + update(
                                user(
                                        actor,
                                        subject,
                                        """
                                        update mirrorcore.session
                                        set created_by = null, title = null, version = version + 1
                                        where id in (
                                            select id from mirrorcore.session
                                            where org_id = :org and created_by = cast(:user as uuid) and turns > 0
                                            limit :most)
                                        """),
                                left));
        put(
                erased,
                "setting",
                update(
                        user(
                                actor,
                                subject,
                                """
                                update mirrorcore.setting set changed_by = null
                                where org_id = :org and changed_by = cast(:user as uuid) and :most > 0
                                """),
                        left));
        return erased;
    }

    /** Gives the speakers whom an older version stored the normal form of their names, which SQL cannot compute. */
    private void fillKeys(Actor actor) {
        List<Object[]> unkeyed;
        do {
            unkeyed = unkeyed(actor);
            for (Object[] speaker : unkeyed) {
                entities.createNativeQuery("update mirrorcore.speaker set name_key = :key where id = :id")
                        .setParameter("key", PersonIdentifier.normalForm((String) speaker[1]))
                        .setParameter("id", speaker[0])
                        .executeUpdate();
            }
        } while (unkeyed.size() == UNKEYED);
    }

    @SuppressWarnings("unchecked") // native queries are not typed
    private List<Object[]> unkeyed(Actor actor) {
        return entities.createNativeQuery(
                        "select id, name from mirrorcore.speaker where org_id = :org and name_key is null limit "
                                + UNKEYED)
                .setParameter("org", actor.orgId())
                .getResultList();
    }

    private long eraseTurns(Actor actor, Subject subject, long most) {
        // Sessions are locked before their turns, as everything here does it, so that no two wait for each other.
        @SuppressWarnings("unchecked")
        List<Object[]> sessions = about(
                        actor,
                        subject,
                        """
                        with picked as materialized (select t.id, t.session_id %s limit :most),
                        locked as materialized (
                            select id from mirrorcore.session where id in (select session_id from picked)
                            order by id for update),
                        gone as (
                            delete from mirrorcore.turn
                            where id in (select id from picked) and session_id in (select id from locked)
                            returning session_id, words, characters)
                        select session_id, count(*), sum(words), sum(characters) from gone group by session_id order by session_id
                        """
                                .formatted(ABOUT))
                .setParameter("most", most)
                .getResultList();
        long gone = 0;
        for (Object[] session : sessions) {
            gone += ((Number) session[1]).longValue();
            entities.createNativeQuery(
                            """
                            update mirrorcore.session
                            set turns = turns - :turns, words = words - :words, characters = characters - :characters,
                                version = version + 1
                            where id = :id
                            """)
                    .setParameter("turns", ((Number) session[1]).intValue())
                    .setParameter("words", ((Number) session[2]).intValue())
                    .setParameter("characters", ((Number) session[3]).intValue())
                    .setParameter("id", session[0])
                    .executeUpdate();
            // Somebody whose every turn is gone is named no more.
            entities.createNativeQuery(
                            """
                            delete from mirrorcore.speaker p where p.session_id = :id
                                and not exists (select from mirrorcore.turn t where t.speaker_id = p.id)
                            """)
                    .setParameter("id", session[0])
                    .executeUpdate();
        }
        return gone;
    }

    private static long put(Map<String, Long> counts, String table, long rows) {
        if (rows > 0) {
            counts.put(table, rows);
        }
        return rows;
    }

    private static long number(Query query) {
        return ((Number) query.getSingleResult()).longValue();
    }

    private static long update(Query query, long most) {
        return query.setParameter("most", most).executeUpdate();
    }

    private Query about(Actor actor, Subject subject, String sql) {
        return user(actor, subject, sql).setParameter("name", subject.normalForm());
    }

    private Query user(Actor actor, Subject subject, String sql) {
        return entities.createNativeQuery(sql)
                .setParameter("org", actor.orgId())
                .setParameter("user", subject.userId());
    }

    private Query named(Actor actor, Subject subject, String sql) {
        return entities.createNativeQuery(sql)
                .setParameter("org", actor.orgId())
                .setParameter("name", subject.normalForm());
    }
}
