package io.thespace.event;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads events back. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class Events {

    /**
     * Which events are asked for; null members don't filter.
     *
     * @param type exactly
     * @param source exactly
     * @param subject exactly
     * @param since recorded then or later
     */
    public record Filter(String type, String source, String subject, Instant since) {

        static final Filter NONE = new Filter(null, null, null, null);
    }

    /** How many events a filtered page of the feed looks at. */
    private static final int WINDOW = 10_000;

    @PersistenceContext(unitName = "core")
    EntityManager entities;

    /**
     * The events of the actor's organization that a request caused, newest first.
     *
     * @param from recorded then or later; no index knows of requests, so the events between are all looked at
     * @param until recorded before
     */
    public List<EventView> of(Actor actor, String requestId, Instant from, Instant until, int most) {
        return entities.createQuery(
                        "select new io.thespace.event.EventView(e.id, e.source, e.type, e.subject, e.recordedAt,"
                                + " e.actorId, e.requestId, e.synthetic, e.data) from Event e where e.orgId = :org"
                                + " and e.requestId = :request and e.id >= :from and e.id < :until order by e.id desc",
                        EventView.class)
                .setParameter("org", actor.orgId())
                .setParameter("request", requestId)
                .setParameter("from", firstId(from))
                .setParameter("until", firstId(until))
                .setMaxResults(most)
                .getResultList();
    }

    /** The least UUIDv7 of a millisecond (RFC 9562, section 5.7). */
    public static UUID firstId(Instant time) {
        return new UUID((time.toEpochMilli() << 16) | 0x7000, Long.MIN_VALUE);
    }

    /** The events of the actor's organization, newest first. */
    public Page<EventView> recent(Actor actor, Filter filter, PageRequest page) {
        StringBuilder query = new StringBuilder("select new io.thespace.event.EventView(e.id, e.source, e.type,"
                + " e.subject, e.recordedAt, e.actorId, e.requestId, e.synthetic, e.data)"
                + " from Event e where e.orgId = :org");
        query.append(filter.type() == null ? "" : " and e.type = :type");
        query.append(filter.source() == null ? "" : " and e.source = :source");
        query.append(filter.subject() == null ? "" : " and e.subject = :subject");
        query.append(filter.since() == null ? "" : " and e.recordedAt >= :since");
        query.append(page.after().isEmpty() ? "" : " and e.id < :after");
        query.append(" order by e.id desc");
        TypedQuery<EventView> rows =
                entities.createQuery(query.toString(), EventView.class).setMaxResults(page.limit() + 1);
        rows.setParameter("org", actor.orgId());
        Optional.ofNullable(filter.type()).ifPresent(v -> rows.setParameter("type", v));
        Optional.ofNullable(filter.source()).ifPresent(v -> rows.setParameter("source", v));
        Optional.ofNullable(filter.subject()).ifPresent(v -> rows.setParameter("subject", v));
        Optional.ofNullable(filter.since()).ifPresent(v -> rows.setParameter("since", v));
        page.after().ifPresent(v -> rows.setParameter("after", UUID.fromString(v)));
        return Page.of(rows.getResultList(), page.limit(), event -> event.id().toString());
    }

    /**
     * The events of the actor's organization in the order of their delivery, from the first on. Each page has a key to read on from,
     * the last one too: what comes later follows it. A page may be short or empty although more follow, since it looks at so many
     * events at the most.
     *
     * @throws Rejection {@code INVALID_CURSOR} when the key is of another log
     */
    public Page<CloudEvent> feed(Actor actor, Filter filter, PageRequest page) {
        String epoch = (String) entities.createNativeQuery("select cast(epoch as text) from core.event_log_head")
                .getSingleResult();
        long after = page.after().map(key -> position(epoch, key)).orElse(0L);
        boolean filtered = !filter.equals(Filter.NONE);
        Number upper = (Number)
                entities.createNativeQuery("select max(w.position) from (select l.position from core.event_log l"
                                + " where l.org_id = :org and l.position > :after order by l.position limit :window) w")
                        .setParameter("org", actor.orgId())
                        .setParameter("after", after)
                        .setParameter("window", filtered ? WINDOW : page.limit())
                        .getSingleResult();
        if (upper == null) {
            return new Page<>(List.of(), epoch + ":" + after);
        }
        Query query = entities.createNativeQuery("select e.id, e.source, e.type, e.subject, e.recorded_at, e.actor_id,"
                        + " e.request_id, e.synthetic, cast(e.data as text), l.position"
                        + " from core.event_log l join core.events e on e.id = l.event_id"
                        + " where l.org_id = :org and l.position > :after and l.position <= :upper"
                        + " and (cast(:type as text) is null or e.type = :type)"
                        + " and (cast(:source as text) is null or e.source = :source)"
                        + " and (cast(:subject as text) is null or e.subject = :subject)"
                        + " and (cast(:since as timestamptz) is null or e.recorded_at >= cast(:since as timestamptz))"
                        + " order by l.position limit :most")
                .setParameter("org", actor.orgId())
                .setParameter("after", after)
                .setParameter("upper", upper.longValue())
                .setParameter("type", filter.type())
                .setParameter("source", filter.source())
                .setParameter("subject", filter.subject())
                .setParameter(
                        "since", filter.since() == null ? null : filter.since().toString())
                .setParameter("most", page.limit());
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = query.getResultList();
        long reached =
                rows.size() < page.limit() ? upper.longValue() : ((Number) rows.get(rows.size() - 1)[9]).longValue();
        return new Page<>(rows.stream().map(Events::cloudEvent).toList(), epoch + ":" + reached);
    }

    private static long position(String epoch, String key) {
        int colon = key.lastIndexOf(':');
        if (!key.substring(0, colon).equals(epoch)) {
            throw Rejection.of(
                    EndpointError.INVALID_CURSOR,
                    "cursor",
                    "cursor is of a state of the database that is no more; start again without it.");
        }
        return Long.parseLong(key.substring(colon + 1));
    }

    private static CloudEvent cloudEvent(Object[] row) {
        return CloudEvent.of(new EventView(
                (UUID) row[0],
                (String) row[1],
                (String) row[2],
                (String) row[3],
                (Instant) row[4],
                (UUID) row[5],
                (String) row[6],
                (Boolean) row[7],
                (String) row[8]));
    }
}
