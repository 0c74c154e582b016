package io.thespace.webhook;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.event.EventView;
import io.thespace.event.Outbox;
import io.thespace.event.relay.ReplayReceipt;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Past deliveries to webhooks, and pending ones. */
@Stateless
public class WebhookDeliveries {

    /** The maximum of attempts kept per webhook. */
    public static final int MAX_KEPT = 200;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private Webhooks webhooks;
    private Outbox outbox;

    @Inject
    void use(Webhooks hooks, Outbox events) {
        webhooks = hooks;
        outbox = events;
    }

    /**
     * The last attempts of a webhook, the newest first.
     *
     * @throws Rejection {@code WEBHOOK_NOT_FOUND}
     */
    public Page<WebhookDeliveryView> list(Actor actor, UUID webhookId, PageRequest page) {
        webhooks.find(actor, webhookId);
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = em.createNativeQuery(
                        "select id, event_id, event_type, attempted_at, duration_millis, outcome,"
                                + " status, error, answer from core.webhook_deliveries where org_id = :org and webhook_id = :webhook"
                                + " and id < :before order by id desc limit :most")
                .setParameter("org", actor.orgId())
                .setParameter("webhook", webhookId)
                .setParameter("before", page.after().map(UUID::fromString).orElse(new UUID(-1, -1)))
                .setParameter("most", page.limit() + 1)
                .getResultList();
        return Page.of(
                rows.stream().map(WebhookDeliveries::delivery).toList(), page.limit(), delivery -> delivery.deliveryId()
                        .toString());
    }

    private static WebhookDeliveryView delivery(Object[] row) {
        return new WebhookDeliveryView(
                (UUID) row[0],
                (UUID) row[1],
                (String) row[2],
                (Instant) row[3],
                ((Number) row[4]).longValue(),
                (String) row[5],
                row[6] == null ? null : (Integer) ((Number) row[6]).intValue(),
                (String) row[7],
                (String) row[8]);
    }

    /**
     * The events that a webhook did not take yet, and those that wait behind them, in the order of the log.
     *
     * @throws Rejection {@code WEBHOOK_NOT_FOUND}
     */
    public Page<WaitingEventView> waiting(Actor actor, UUID webhookId, PageRequest page) {
        webhooks.find(actor, webhookId);
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = em.createNativeQuery(
                        "select b.position, b.event_id, e.type, e.subject, b.attempts, b.next_at,"
                                + " b.failure, b.failed_at from core.event_backlog b join core.events e on e.id = b.event_id"
                                + " where b.org_id = :org and b.subscriber = :subscriber and b.position > :after"
                                + " order by b.position limit :most")
                .setParameter("org", actor.orgId())
                .setParameter("subscriber", Webhooks.subscriber(webhookId))
                .setParameter("after", page.after().map(Long::valueOf).orElse(0L))
                .setParameter("most", page.limit() + 1)
                .getResultList();
        Page<Object[]> found = Page.of(rows, page.limit(), row -> row[0].toString());
        return new Page<>(found.items().stream().map(WebhookDeliveries::waiting).toList(), found.nextKey());
    }

    private static WaitingEventView waiting(Object[] row) {
        int attempts = ((Number) row[4]).intValue();
        Instant next = (Instant) row[5];
        return new WaitingEventView(
                (UUID) row[1],
                (String) row[2],
                (String) row[3],
                next != null ? "retrying" : attempts > 0 ? "parked" : "waiting",
                attempts,
                next,
                (String) row[6],
                (Instant) row[7]);
    }

    /**
     * Lets the event of a delivery be sent once more.
     *
     * @throws Rejection {@code WEBHOOK_NOT_FOUND}, {@code WEBHOOK_DISABLED}, {@code DELIVERY_NOT_FOUND}, {@code EVENT_NOT_KEPT}
     */
    public ReplayReceipt replay(Actor actor, UUID webhookId, UUID deliveryId) {
        checkDelivers(actor, webhookId);
        List<?> positions = em.createNativeQuery("select position from core.webhook_deliveries"
                        + " where org_id = :org and webhook_id = :webhook and id = :delivery")
                .setParameter("org", actor.orgId())
                .setParameter("webhook", webhookId)
                .setParameter("delivery", deliveryId)
                .getResultList();
        if (positions.isEmpty()) {
            throw new Rejection(
                    WebhookError.DELIVERY_NOT_FOUND,
                    "There is no delivery with this id; the last %d of each webhook are kept.".formatted(MAX_KEPT));
        }
        Object position = positions.get(0);
        boolean kept = position != null
                && (Boolean) em.createNativeQuery("select core.replay_webhook_delivery(:webhook, :position)")
                        .setParameter("webhook", webhookId)
                        .setParameter("position", ((Number) position).longValue())
                        .getSingleResult();
        if (!kept) {
            throw new Rejection(
                    WebhookError.EVENT_NOT_KEPT,
                    position == null
                            ? "The delivery was a test. Send another one with POST /api/system/webhooks/{id}/test."
                            : "The delivery's event is no longer kept.");
        }
        return new ReplayReceipt(1);
    }

    /**
     * Lets all parked events of a webhook be sent once more, in order.
     *
     * @throws Rejection {@code WEBHOOK_NOT_FOUND}, {@code WEBHOOK_DISABLED}
     */
    public ReplayReceipt replayParked(Actor actor, UUID webhookId) {
        checkDelivers(actor, webhookId);
        Number replayed = (Number) em.createNativeQuery("select core.replay_event_subscriber(:name)")
                .setParameter("name", Webhooks.subscriber(webhookId))
                .getSingleResult();
        return new ReplayReceipt(replayed.intValue());
    }

    private void checkDelivers(Actor actor, UUID webhookId) {
        String state = webhooks.find(actor, webhookId).state();
        if (state.equals(WebhookState.DISABLED.text()) || state.equals(WebhookState.PAUSED.text())) {
            throw Webhooks.disabled();
        }
    }

    /**
     * Records an attempt, and deletes what is older than the last {@link #MAX_KEPT}.
     *
     * @param position the event's place in the log; null for a test
     */
    public WebhookDeliveryView record(
            Actor actor, UUID webhookId, EventView event, Long position, WebhookResult result) {
        WebhookDeliveryView view = new WebhookDeliveryView(
                UuidCreator.getTimeOrderedEpoch(),
                event.id(),
                event.type(),
                result.at(),
                result.millis(),
                result.outcome(),
                result.status(),
                result.error(),
                result.answer().isEmpty() ? null : result.answer());
        em.createNativeQuery(
                        "insert into core.webhook_deliveries (id, org_id, webhook_id, position, event_id, event_type,"
                                + " attempted_at, duration_millis, outcome, status, error, answer)"
                                // The webhook was deleted meanwhile.
                                + " select :id, w.org_id, w.id, cast(:position as bigint), :event, :type, :at, :millis, :outcome,"
                                + " cast(:status as integer), cast(:error as text), cast(:answer as text)"
                                + " from core.webhooks w where w.org_id = :org and w.id = :webhook")
                .setParameter("id", view.deliveryId())
                .setParameter("position", position)
                .setParameter("event", view.eventId())
                .setParameter("type", view.eventType())
                .setParameter("at", view.attemptedAt())
                .setParameter("millis", view.durationMillis())
                .setParameter("outcome", view.outcome())
                .setParameter("status", view.status())
                .setParameter("error", view.error())
                .setParameter("answer", view.answer())
                .setParameter("org", actor.orgId())
                .setParameter("webhook", webhookId)
                .executeUpdate();
        em.createNativeQuery("delete from core.webhook_deliveries d where d.org_id = :org and d.webhook_id = :webhook"
                        + " and d.id <= (select o.id from core.webhook_deliveries o where o.org_id = :org"
                        + " and o.webhook_id = :webhook order by o.id desc limit 1 offset :kept)")
                .setParameter("org", actor.orgId())
                .setParameter("webhook", webhookId)
                .setParameter("kept", MAX_KEPT)
                .executeUpdate();
        return view;
    }

    /** Records an attempt that was successful. */
    public void succeeded(Actor actor, UUID webhookId, EventView event, long position, WebhookResult result) {
        record(actor, webhookId, event, position, result);
        em.createNativeQuery("update core.webhooks set failing_since = null where org_id = :org and id = :webhook"
                        + " and failing_since is not null")
                .setParameter("org", actor.orgId())
                .setParameter("webhook", webhookId)
                .executeUpdate();
    }

    /** Records an attempt that failed, and pauses the webhook when its receiver is gone, or has failed for too long. */
    public void failed(Actor actor, UUID webhookId, EventView event, long position, WebhookResult result) {
        record(actor, webhookId, event, position, result);
        Webhook webhook = em.createQuery("select w from Webhook w where w.orgId = :org and w.id = :id", Webhook.class)
                .setParameter("org", actor.orgId())
                .setParameter("id", webhookId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst()
                .orElse(null);
        if (webhook == null || !webhook.delivers()) {
            return;
        }
        Instant now = Instant.now();
        Instant since = webhook.failed(now);
        int hours = Configuration.get().get(Key.WEBHOOK_FAILING_HOURS);
        String reason = null;
        if (result.gone()) {
            reason = "The receiver answered with the status 410: it wants no more requests.";
        } else if (Duration.between(since, now).compareTo(Duration.ofHours(hours)) > 0) {
            reason = "No attempt was successful for %d hours. The last one: %s".formatted(hours, result.error());
        }
        if (reason != null) {
            webhook.pause(reason, now);
            outbox.publish(
                    actor,
                    WebhookEventTypes.SOURCE,
                    WebhookPaused.TYPE,
                    webhookId.toString(),
                    new WebhookPaused(reason));
        }
    }
}
