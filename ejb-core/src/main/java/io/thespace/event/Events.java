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
     * A filter of events; null members do not filter.
     *
     * @param type exact match
     * @param source exact match
     * @param subject exact match
     * @param since recorded at or after this time
     */
    public record Filter(String type, String source, String subject, Instant since) {

        public static final Filter NONE = new Filter(null, null, null, null);
    }

    /** The number of events that a filtered page of the feed scans. */
    private static final int WINDOW = 10_000;

    @PersistenceContext(unitName = "core")
    EntityManager entities;

    /**
     * Returns the events of the actor's organization that a request caused, newest first.
     *
     * @param from recorded at or after this time; requests are not indexed, so all events of the period are scanned
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
     * Returns the events of the actor's organization in the order of their delivery, from the first on. Each page has a
     * cursor, the last one too, from which later events can be read. A page may be short or empty although more follow,
     * since it scans a bounded number of events.
     *
     * @throws Rejection {@code INVALID_CURSOR} when the key is of another log; {@code CURSOR_EXPIRED} when events that follow it are no
     *     longer kept
     */
    public Page<CloudEvent> feed(Actor actor, Filter filter, PageRequest page) {
        State log = state(actor);
        long after = page.after().map(key -> position(log.epoch(), key)).orElse(0L);
        if (page.after().isPresent() && after < log.purged()) {
            throw Rejection.of(
                    EventError.CURSOR_EXPIRED,
                    "cursor",
                    "cursor is older than events are kept (SPACE_EVENT_DAYS). Start again without it.");
        }
        LogSlice slice = read(actor, log, filter, after, page.limit());
        return new Page<>(
                slice.events().stream()
                        .map(entry -> CloudEvent.of(entry.event()))
                        .toList(),
                log.epoch() + ":" + slice.reached());
    }

    /**
     * Returns the events of the actor's organization that follow a position, in order.
     *
     * @param epoch the epoch of the position; null for the current one
     * @param after -1 for the end of the log: no event, and its position
     */
    public LogSlice log(Actor actor, Filter filter, UUID epoch, long after, int most) {
        State log = state(actor);
        if (after == -1) {
            return new LogSlice(log.epoch(), true, List.of(), log.end(), true);
        }
        if ((epoch != null && !epoch.equals(log.epoch())) || after < log.purged() || after > log.end()) {
            return new LogSlice(log.epoch(), false, List.of(), log.end(), true);
        }
        return read(actor, log, filter, after, most);
    }

    /**
     * The state of the log for an organization.
     *
     * @param purged the last position of an event that is no longer kept; 0 for none
     */
    private record State(UUID epoch, long end, long purged) {}

    private State state(Actor actor) {
        Object[] row = (Object[]) entities.createNativeQuery("select h.epoch, h.position, coalesce((select p.position"
                        + " from core.event_log_purges p where p.org_id = :org), 0) from core.event_log_head h")
                .setParameter("org", actor.orgId())
                .getSingleResult();
        return new State((UUID) row[0], ((Number) row[1]).longValue(), ((Number) row[2]).longValue());
    }

    private LogSlice read(Actor actor, State log, Filter filter, long after, int most) {
        int window = filter.equals(Filter.NONE) ? most : WINDOW;
        Object[] bounds =
                (Object[]) entities.createNativeQuery("select max(w.position), count(*) from (select l.position"
                                + " from core.event_log l where l.org_id = :org and l.position > :after"
                                + " order by l.position limit :window) w")
                        .setParameter("org", actor.orgId())
                        .setParameter("after", after)
                        .setParameter("window", window)
                        .getSingleResult();
        if (bounds[0] == null) {
            return new LogSlice(log.epoch(), true, List.of(), after, true);
        }
        long upper = ((Number) bounds[0]).longValue();
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
                .setParameter("upper", upper)
                .setParameter("type", filter.type())
                .setParameter("source", filter.source())
                .setParameter("subject", filter.subject())
                .setParameter(
                        "since", filter.since() == null ? null : filter.since().toString())
                .setParameter("most", most);
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = query.getResultList();
        boolean full = rows.size() == most;
        long reached = full ? ((Number) rows.get(most - 1)[9]).longValue() : upper;
        boolean complete = ((Number) bounds[1]).intValue() < window && (!full || reached == upper);
        return new LogSlice(log.epoch(), true, rows.stream().map(Events::entry).toList(), reached, complete);
    }

    private static LogSlice.Entry entry(Object[] row) {
        return new LogSlice.Entry(
                ((Number) row[9]).longValue(),
                new EventView(
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

    private static long position(UUID epoch, String key) {
        int colon = key.lastIndexOf(':');
        if (!key.substring(0, colon).equals(epoch.toString())) {
            throw Rejection.of(
                    EndpointError.INVALID_CURSOR,
                    "cursor",
                    "cursor belongs to an earlier state of the database; start again without it.");
        }
        return Long.parseLong(key.substring(colon + 1));
    }
}
