package io.thespace.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Events that a user caused, or whose payload mentions the data subject. Erasure keeps the events, since consumers rely on their
 * number and order, and removes the payload and the actor. Payloads are not indexed by data subject, so erasure scans all events in
 * batches and skips those already anonymised.
 */
@Stateless
public class EventPersonalData implements PersonalData {

    private static final String STORE = "core.events";
    private static final int LOOK = 10_000;

    /**
     * The scan position of an erasure on this node, so that a batch does not rescan the events before it. Only a hint: a batch
     * that finds nothing discards it, and the next round starts from the beginning.
     */
    private static final Cache<Whose, UUID> LOOKED = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(2))
            .build();

    /** The data subject of an erasure. */
    private record Whose(UUID orgId, Subject subject) {}

    private static final String LOOKED_THROUGH =
            """
            with looked as materialized (
                select e.id, e.actor_id,
                    e.subject || ' ' || e.request_id || ' ' || cast(e.data as text) as words
                from core.events e
                where e.org_id = :org and e.id > cast(:after as uuid)
                    and (e.actor_id is not null or e.data <> cast('{"erased": true}' as jsonb))
                order by e.id limit :look)
            """;

    private static final String ABOUT =
            """
            (l.actor_id = cast(:user as uuid)
             or core.matches_person(l.words, cast(:user as uuid), cast(:mention as text)))
            """;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** An event in an export. */
    record EventExport(
            UUID eventId, String type, String source, String subject, Instant time, @JsonRawValue String data) {}

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        long about = 0;
        UUID after = new UUID(0, 0);
        while (after != null) {
            Object[] look = (Object[]) bind(
                            em.createNativeQuery(LOOKED_THROUGH + "select count(*) filter (where " + ABOUT
                                    + "), count(*), max(cast(l.id as text)) from looked l"),
                            actor,
                            subject,
                            after)
                    .getSingleResult();
            about += ((Number) look[0]).longValue();
            after = ((Number) look[1]).intValue() < LOOK ? null : UUID.fromString((String) look[2]);
        }
        return about == 0 ? Map.of() : Map.of(STORE, about);
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        UUID after = new UUID(0, 0);
        List<UUID> ids = next(actor, subject, after, 500);
        while (!ids.isEmpty()) {
            em.createQuery(
                            "select new io.thespace.event.EventPersonalData$EventExport(e.id, e.type, e.source, e.subject,"
                                    + " e.recordedAt, e.data) from Event e where e.id in :ids order by e.id",
                            EventExport.class)
                    .setParameter("ids", ids)
                    .getResultList()
                    .forEach(event -> sink.accept(STORE, event));
            ids = next(actor, subject, ids.get(ids.size() - 1), 500);
        }
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        Whose whose = new Whose(actor.orgId(), subject);
        List<UUID> ids = next(actor, subject, LOOKED.get(whose, first -> new UUID(0, 0)), most);
        if (ids.isEmpty()) {
            LOOKED.invalidate(whose);
            return Map.of();
        }
        LOOKED.put(whose, ids.get(ids.size() - 1));
        long erased = ((Number) em.createNativeQuery(
                                "select core.erase_events(cast(:user as uuid), cast(:mention as text), :ids)")
                        .setParameter("user", subject.userId())
                        .setParameter("mention", subject.mention())
                        .setParameter("ids", ids.toArray(new UUID[0]))
                        .getSingleResult())
                .longValue();
        return erased == 0 ? Map.of() : Map.of(STORE, erased);
    }

    /** The ids of the next events about the data subject, up to a maximum. */
    private List<UUID> next(Actor actor, Subject subject, UUID start, int most) {
        List<UUID> ids = new ArrayList<>();
        UUID after = start;
        while (after != null && ids.size() < most) {
            Query query = bind(
                    em.createNativeQuery(LOOKED_THROUGH
                            + "select (select max(cast(id as text)) from looked), (select count(*) from looked),"
                            + " cast(l.id as text) from (select 1) one left join (select l.id from looked l where "
                            + ABOUT
                            + " order by l.id limit :most) l on true order by l.id"),
                    actor,
                    subject,
                    after);
            @SuppressWarnings("unchecked") // native queries are not typed
            List<Object[]> look = query.setParameter("most", most - ids.size()).getResultList();
            look.stream().filter(row -> row[2] != null).forEach(row -> ids.add(UUID.fromString((String) row[2])));
            Object[] any = look.get(0);
            after = ((Number) any[1]).intValue() < LOOK ? null : UUID.fromString((String) any[0]);
        }
        return ids;
    }

    private static Query bind(Query query, Actor actor, Subject subject, UUID after) {
        return query.setParameter("org", actor.orgId())
                .setParameter("user", subject.userId())
                .setParameter("mention", subject.mention())
                .setParameter("after", after)
                .setParameter("look", LOOK);
    }
}
