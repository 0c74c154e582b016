package io.thespace.event;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
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
     * @param since recorded then or later
     */
    public record Filter(String type, String source, Instant since) {}

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
        query.append(filter.since() == null ? "" : " and e.recordedAt >= :since");
        query.append(page.after().isEmpty() ? "" : " and e.id < :after");
        query.append(" order by e.id desc");
        TypedQuery<EventView> rows =
                entities.createQuery(query.toString(), EventView.class).setMaxResults(page.limit() + 1);
        rows.setParameter("org", actor.orgId());
        Optional.ofNullable(filter.type()).ifPresent(v -> rows.setParameter("type", v));
        Optional.ofNullable(filter.source()).ifPresent(v -> rows.setParameter("source", v));
        Optional.ofNullable(filter.since()).ifPresent(v -> rows.setParameter("since", v));
        page.after().ifPresent(v -> rows.setParameter("after", UUID.fromString(v)));
        return Page.of(rows.getResultList(), page.limit(), event -> event.id().toString());
    }
}
