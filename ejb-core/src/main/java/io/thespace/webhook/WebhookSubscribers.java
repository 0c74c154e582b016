package io.thespace.webhook;

import io.thespace.event.CloudEvent;
import io.thespace.event.EventView;
import io.thespace.event.relay.Delivery;
import io.thespace.event.relay.Interest;
import io.thespace.event.relay.RetrySchedule;
import io.thespace.event.relay.Subscriber;
import io.thespace.event.relay.Subscribers;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import io.thespace.transaction.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Delivers events to webhooks that have something to do. */
@ApplicationScoped
public class WebhookSubscribers implements Subscribers {

    private static final int MAX_AT_ONCE = 100;

    /** Eight attempts within about 27 hours. */
    private static final RetrySchedule SCHEDULE = new RetrySchedule(
            Stream.of("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT10H")
                    .map(Duration::parse)
                    .toList(),
            Duration.ofSeconds(2),
            Duration.ofMinutes(5));

    private final UnansweredEvents unanswered = new UnansweredEvents();
    private Webhooks webhooks;
    private WebhookDeliveries deliveries;
    private DueWebhooks due;
    private WebhookSender sender;
    private Transactions transactions;

    WebhookSubscribers() {}

    @Inject
    WebhookSubscribers(
            Webhooks webhooks,
            WebhookDeliveries deliveries,
            DueWebhooks due,
            WebhookSender sender,
            Transactions transactions) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.due = due;
        this.sender = sender;
        this.transactions = transactions;
    }

    @Override
    public List<Subscriber> subscribers() {
        return due.list(Actor.platform(null, "webhooks"), MAX_AT_ONCE).stream()
                .<Subscriber>map(WebhookSubscriber::new)
                .toList();
    }

    private final class WebhookSubscriber implements Subscriber {

        private final DueWebhook webhook;

        WebhookSubscriber(DueWebhook webhook) {
            this.webhook = webhook;
        }

        @Override
        public String name() {
            return Webhooks.subscriber(webhook.id());
        }

        @Override
        public UUID orgId() {
            return webhook.orgId();
        }

        @Override
        public RetrySchedule schedule() {
            return SCHEDULE;
        }

        @Override
        public List<Interest> interests() {
            return webhook.types() == null
                    ? List.of(new Interest(null, null))
                    : webhook.types().stream()
                            .map(type -> new Interest(null, type))
                            .toList();
        }

        @Override
        @SuppressWarnings("try") // the tenant is bound as long as it is open
        public Outcome deliver(Delivery delivery) throws Exception {
            EventView event = delivery.event();
            Actor actor = Actor.platform(webhook.orgId(), event.requestId());
            Log.actor(actor);
            try (Tenant tenant = Tenant.bind(webhook.orgId())) {
                return deliver(actor, delivery, event);
            } finally {
                Log.actor(null);
            }
        }

        private Outcome deliver(Actor actor, Delivery delivery, EventView event) throws Exception {
            WebhookTarget target;
            try {
                target = webhooks.target(actor, webhook.id());
            } catch (Rejection e) {
                if (e.code() == WebhookError.SECRET_SEALED) {
                    committed(() -> {
                        deliveries.failed(actor, webhook.id(), event, delivery.position(), WebhookResult.unsigned());
                        return null;
                    });
                }
                // It was disabled or deleted meanwhile, or another node can open its secret.
                return Outcome.UNAVAILABLE;
            }
            WebhookResult result = sender.send(target, CloudEvent.of(event));
            if (result.delivered()) {
                unanswered.answered(webhook.id());
                committed(() -> {
                    deliveries.succeeded(actor, webhook.id(), event, delivery.position(), result);
                    delivery.acknowledge();
                    return null;
                });
                return Outcome.DELIVERED;
            }
            committed(() -> {
                deliveries.failed(actor, webhook.id(), event, delivery.position(), result);
                return null;
            });
            if (result.gone() || (result.unavailable() && !(result.unanswered() && giveUp(event)))) {
                return delivery.unavailable(result.retryAfter());
            }
            return delivery.refuse(result.error());
        }

        /** An event that the receiver never answers must not keep all others from it. */
        private boolean giveUp(EventView event) {
            return unanswered.add(webhook.id(), event.id());
        }

        private void committed(Callable<Void> work) throws Exception {
            transactions.required(work);
        }
    }
}
