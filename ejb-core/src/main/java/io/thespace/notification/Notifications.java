package io.thespace.notification;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.hub.Channels;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.preference.NotificationChoices;
import io.thespace.preference.Preferences;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The actor's notifications. */
@Stateless
public class Notifications {

    private static final int LOOK = 10_000;
    private static final int GLANCE = 1_000;
    private static final int MAX_UNREAD = 100;
    private static final String END = "ffffffff-ffff-ffff-ffff-ffffffffffff";

    /**
     * A bounded number of the newest events before an event, and of these the ones that the user is notified of.
     * Sign-ins are excluded: those of a whole organization would crowd out all others.
     */
    private static final String TOLD =
            """
            with looked as materialized (
                select e.id, e.type, e.source, e.subject, e.recorded_at, e.actor_id, cast(e.data as text) as data
                from core.events e
                where e.org_id = :org and e.id < cast(:before as uuid) and e.recorded_at >= :since
                order by e.id desc limit :look),
            told as (
                select l.*, r.read_at from looked l
                left join core.notification_reads r
                    on r.org_id = :org and r.user_id = :user and r.event_id = l.id
                where (:all or l.source = any (:sources) or l.actor_id = :user or l.subject = cast(:user as text))
                    and (:own or l.actor_id is distinct from :user)
                    and not l.type = any (:muted) and l.type <> 'user_signed_in')
            """;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private Channels channels;
    private Preferences preferences;

    @Inject
    void ask(Channels whoMayHear, Preferences whoWantsTo) {
        channels = whoMayHear;
        preferences = whoWantsTo;
    }

    /** The newest first. A page may have fewer items than were asked for although there are more: then it has a cursor. */
    public Page<NotificationView> list(Actor actor, boolean unreadOnly, PageRequest page) {
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = told(
                        actor,
                        "select (select cast(id as text) from looked order by id limit 1), (select count(*) from looked),"
                                + " t.id, t.type, t.source, t.subject, t.recorded_at, t.actor_id, t.read_at, t.data"
                                + " from (select 1) one left join (select * from told"
                                + (unreadOnly ? " where read_at is null" : "")
                                + " order by id desc limit :most) t on true order by t.id desc",
                        page.after().orElse(END),
                        LOOK)
                .setParameter("most", page.limit() + 1)
                .getResultList();
        List<NotificationView> found = rows.stream()
                .filter(row -> row[2] != null)
                .map(row -> new NotificationView(
                        (UUID) row[2],
                        (String) row[3],
                        (String) row[4],
                        (String) row[5],
                        (Instant) row[6],
                        actor.userId().equals(row[7]),
                        (Instant) row[8],
                        (String) row[9]))
                .toList();
        Object[] any = rows.get(0);
        if (found.size() <= page.limit() && ((Number) any[1]).intValue() == LOOK) {
            return new Page<>(found, (String) any[0]);
        }
        return Page.of(found, page.limit(), one -> one.notificationId().toString());
    }

    /** Returns the number of unread notifications. */
    public UnreadView unread(Actor actor) {
        int count = ((Number) told(
                                actor,
                                "select count(*) from (select 1 from told where read_at is null limit :most) t",
                                END,
                                GLANCE)
                        .setParameter("most", MAX_UNREAD + 1)
                        .getSingleResult())
                .intValue();
        return new UnreadView(Math.min(count, MAX_UNREAD), count > MAX_UNREAD);
    }

    /** Marks notifications as read by the actor; ids of events that the actor is not notified of are ignored. */
    public ReadReceipt read(Actor actor, ReadOrder order) {
        boolean all = order.notificationIds() == null;
        int marked = told(
                        actor,
                        "insert into core.notification_reads (org_id, user_id, event_id, read_at)"
                                + " select :org, :user, id, :now from told where read_at is null"
                                + " and (:every or id = any (:ids)) on conflict do nothing",
                        END,
                        LOOK)
                .setParameter("now", Instant.now())
                .setParameter("every", all)
                .setParameter("ids", all ? new UUID[0] : order.notificationIds().toArray(new UUID[0]))
                .executeUpdate();
        return new ReadReceipt(marked, unread(actor));
    }

    private Query told(Actor actor, String query, String before, int look) {
        NotificationChoices choices = preferences.read(actor).preferences().notifications();
        Optional<Set<String>> sources = channels.audible(actor);
        return em.createNativeQuery(TOLD + query)
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("before", before)
                .setParameter(
                        "since",
                        Instant.now().minus(Duration.ofDays(Configuration.get().get(Key.NOTIFICATION_DAYS))))
                .setParameter("look", look)
                .setParameter("all", sources.isEmpty())
                .setParameter("sources", sources.orElse(Set.of()).toArray(new String[0]))
                .setParameter("own", choices.ownEvents())
                .setParameter("muted", choices.mutedTypes().toArray(new String[0]));
    }
}
