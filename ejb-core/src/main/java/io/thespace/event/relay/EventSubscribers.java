package io.thespace.event.relay;

import io.thespace.event.EventError;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;

/** Lists subscribers and replays parked events, for operators. */
@Stateless
public class EventSubscribers {

    private static final int MAX_LISTED = 1_000;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    /** All of them, by name. */
    public List<EventSubscriberView> list(Actor actor) {
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = em.createNativeQuery("select name, behind, retrying, parked, waiting, oldest_failure,"
                        + " paused_until from core.event_subscriber_states(:most)")
                .setParameter("most", MAX_LISTED)
                .getResultList();
        return rows.stream()
                .map(row -> new EventSubscriberView(
                        (String) row[0],
                        number(row[1]),
                        number(row[2]),
                        number(row[3]),
                        number(row[4]),
                        (Instant) row[5],
                        (Instant) row[6]))
                .toList();
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }

    /**
     * Lets the parked events of a subscriber be attempted once more, in order, and those that wait behind them follow.
     *
     * @throws Rejection {@code SUBSCRIBER_NOT_FOUND}
     */
    public ReplayReceipt replay(Actor actor, String name) {
        Number replayed = (Number) em.createNativeQuery("select core.replay_event_subscriber(:name)")
                .setParameter("name", name)
                .getSingleResult();
        if (replayed == null) {
            throw new Rejection(
                    EventError.SUBSCRIBER_NOT_FOUND,
                    "There is no subscriber %s. GET /api/control-center/event-subscribers lists all.".formatted(name));
        }
        return new ReplayReceipt(replayed.intValue());
    }
}
