package io.thespace.webhook;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.event.CloudEvent;
import io.thespace.event.EventView;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Sends test events to webhooks, one at a time for each organization. */
@ApplicationScoped
public class WebhookTests {

    private static final String TYPE = "webhook_tested";

    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private Webhooks webhooks;
    private WebhookDeliveries deliveries;
    private WebhookSender sender;

    WebhookTests() {}

    @Inject
    WebhookTests(Webhooks webhooks, WebhookDeliveries deliveries, WebhookSender sender) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.sender = sender;
    }

    /**
     * Sends an event that is in no log, once, and waits for the receiver's answer.
     *
     * @throws Rejection {@code WEBHOOK_NOT_FOUND}, {@code WEBHOOK_DISABLED}, {@code TESTS_UNDER_WAY}, {@code SECRET_SEALED}
     */
    public WebhookDeliveryView send(Actor actor, UUID id) {
        WebhookTarget target = webhooks.target(actor, id);
        if (!underWay.add(actor.orgId())) {
            throw Rejection.later(
                    WebhookError.TESTS_UNDER_WAY,
                    "Another test of a webhook is under way. Try again when it is over.",
                    Duration.ofSeconds(5));
        }
        try {
            EventView event = new EventView(
                    UuidCreator.getTimeOrderedEpoch(),
                    WebhookEventTypes.SOURCE,
                    TYPE,
                    id.toString(),
                    Instant.now(),
                    actor.userId(),
                    actor.requestId(),
                    actor.synthetic(),
                    "{\"test\":true}");
            return deliveries.record(actor, id, event, null, sender.send(target, CloudEvent.of(event)));
        } finally {
            underWay.remove(actor.orgId());
        }
    }
}
