package io.thespace.webhook;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.audit.AuditDraft;
import io.thespace.event.relay.EventRelay;
import io.thespace.gateway.outbound.OutboundRequests;
import io.thespace.identity.key.Sealing;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The webhooks of the actor's organization. */
@Stateless
public class Webhooks {

    /** The maximum of webhooks of an organization. */
    public static final int MAX_WEBHOOKS = 20;

    private static final Log LOG = Log.of(Webhooks.class);
    private static final int DEFAULT_OVERLAP_HOURS = 24;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private EventRelay relay;
    private OutboundRequests outbound;
    private Sealing sealing;

    @Inject
    void use(EventRelay events, OutboundRequests requests, Sealing seal) {
        relay = events;
        outbound = requests;
        sealing = seal;
    }

    /** All of them, the oldest first. */
    public List<WebhookView> list(Actor actor) {
        return em.createQuery("select w from Webhook w where w.orgId = :org order by w.id", Webhook.class)
                .setParameter("org", actor.orgId())
                .setMaxResults(MAX_WEBHOOKS)
                .getResultStream()
                .map(Webhook::view)
                .toList();
    }

    /**
     * Returns a webhook.
     *
     * @throws Rejection {@code WEBHOOK_NOT_FOUND}
     */
    public WebhookView find(Actor actor, UUID id) {
        return webhook(actor, id, LockModeType.NONE).view();
    }

    /**
     * Adds a webhook. It gets the events that are committed from then on.
     *
     * @throws Rejection {@code INVALID_WEBHOOK}, {@code TOO_MANY_WEBHOOKS}, {@code SECRET_SEALED}
     */
    public WebhookSecretView create(Actor actor, WebhookOrder order) {
        WebhookChange change = new WebhookChange(order.url(), order.types(), order.description());
        check(change.url());
        String secret = secret(order.secret());
        // Serializes additions: two concurrent ones would both find room.
        em.createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:org, 4771))) as waited")
                .setParameter("org", actor.orgId().toString())
                .getSingleResult();
        long there = em.createQuery("select count(w) from Webhook w where w.orgId = :org", Long.class)
                .setParameter("org", actor.orgId())
                .getSingleResult();
        if (there >= MAX_WEBHOOKS) {
            throw new Rejection(
                    WebhookError.TOO_MANY_WEBHOOKS,
                    "The organization has %d webhooks, which is the maximum. Delete one that is not needed."
                            .formatted(MAX_WEBHOOKS));
        }
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Webhook webhook = new Webhook(id, actor.orgId(), change, sealed(secret, id), Instant.now());
        em.persist(webhook);
        relay.subscribe(subscriber(id), actor.orgId());
        audit(null, webhook.view());
        return new WebhookSecretView(webhook.view(), secret);
    }

    /**
     * Changes a webhook. Events that wait are sent to its new URL.
     *
     * @throws Rejection {@code INVALID_WEBHOOK}, {@code WEBHOOK_NOT_FOUND}
     */
    public WebhookView change(Actor actor, UUID id, WebhookChange change) {
        check(change.url());
        Webhook webhook = webhook(actor, id, LockModeType.PESSIMISTIC_WRITE);
        WebhookView before = webhook.view();
        webhook.become(change, Instant.now());
        relay.restart(subscriber(id), actor.orgId());
        audit(before, webhook.view());
        return webhook.view();
    }

    /**
     * Deletes a webhook, its deliveries and what waits for it.
     *
     * @throws Rejection {@code WEBHOOK_NOT_FOUND}
     */
    public void delete(Actor actor, UUID id) {
        Webhook webhook = webhook(actor, id, LockModeType.PESSIMISTIC_WRITE);
        WebhookView before = webhook.view();
        em.remove(webhook);
        relay.unsubscribe(subscriber(id));
        audit(before, null);
    }

    /**
     * Resumes the deliveries, from the first event that was not delivered.
     *
     * @throws Rejection {@code WEBHOOK_NOT_FOUND}
     */
    public WebhookView enable(Actor actor, UUID id) {
        Webhook webhook = webhook(actor, id, LockModeType.PESSIMISTIC_WRITE);
        WebhookView before = webhook.view();
        webhook.enable(Instant.now());
        relay.restart(subscriber(id), actor.orgId());
        audit(before, webhook.view());
        return webhook.view();
    }

    /**
     * Stops the deliveries. Events wait.
     *
     * @throws Rejection {@code WEBHOOK_NOT_FOUND}
     */
    public WebhookView disable(Actor actor, UUID id) {
        Webhook webhook = webhook(actor, id, LockModeType.PESSIMISTIC_WRITE);
        WebhookView before = webhook.view();
        webhook.disable(Instant.now());
        audit(before, webhook.view());
        return webhook.view();
    }

    /**
     * Gives a webhook another secret. For a time its requests are signed with both.
     *
     * @throws Rejection {@code INVALID_WEBHOOK}, {@code WEBHOOK_NOT_FOUND}, {@code SECRET_SEALED}
     */
    public WebhookSecretView rotate(Actor actor, UUID id, SecretRotation rotation) {
        String secret = secret(rotation.secret());
        Webhook webhook = webhook(actor, id, LockModeType.PESSIMISTIC_WRITE);
        Instant now = Instant.now();
        int hours = Optional.ofNullable(rotation.overlapHours()).orElse(DEFAULT_OVERLAP_HOURS);
        WebhookView before = webhook.view();
        webhook.rotate(sealed(secret, id), hours == 0 ? null : now.plus(Duration.ofHours(hours)), now);
        audit(before, webhook.view());
        return new WebhookSecretView(webhook.view(), secret);
    }

    /**
     * Returns the target of requests and the secrets to sign them with.
     *
     * @throws Rejection {@code WEBHOOK_NOT_FOUND}, {@code WEBHOOK_DISABLED}, {@code SECRET_SEALED}
     */
    public WebhookTarget target(Actor actor, UUID id) {
        Webhook webhook = webhook(actor, id, LockModeType.NONE);
        if (!webhook.delivers()) {
            throw disabled();
        }
        List<String> secrets = new ArrayList<>();
        try {
            secrets.add(sealing.open(webhook.secret(), place(id)));
        } catch (IllegalStateException e) {
            LOG.error("Webhook secret could not be decrypted", e);
            throw new Rejection(WebhookError.SECRET_SEALED, e.getMessage());
        }
        byte[] previous = webhook.previousSecret(Instant.now());
        if (previous != null) {
            try {
                secrets.add(sealing.open(previous, place(id)));
            } catch (IllegalStateException e) {
                // It may be why the secret was rotated.
                LOG.warning("Previous webhook secret could not be decrypted", "webhook", id, "cause", e.getMessage());
            }
        }
        return new WebhookTarget(id, webhook.url(), secrets);
    }

    static Rejection disabled() {
        return new Rejection(
                WebhookError.WEBHOOK_DISABLED,
                "The webhook is disabled or paused. Enable it first with POST /api/system/webhooks/{id}/enable.");
    }

    /** The name of a webhook's position. */
    static String subscriber(UUID id) {
        return "webhook:" + id;
    }

    private void check(String url) {
        outbound.fault(url.strip()).ifPresent(fault -> {
            throw Rejection.of(WebhookError.INVALID_WEBHOOK, "url", "url " + fault + ".");
        });
    }

    private static String secret(String wanted) {
        if (wanted != null && !WebhookSecrets.valid(wanted)) {
            throw Rejection.of(
                    WebhookError.INVALID_WEBHOOK,
                    "secret",
                    "secret must be whsec_ and 24 to 64 bytes in Base64. Leave it out to have one made.");
        }
        return wanted == null ? WebhookSecrets.random() : wanted;
    }

    private byte[] sealed(String secret, UUID id) {
        return sealing.seal(secret, place(id), WebhookError.SECRET_SEALED);
    }

    /** The context to which a secret's encryption is bound: it cannot be decrypted in another webhook's row. */
    private static String place(UUID id) {
        return "webhook " + id;
    }

    private Webhook webhook(Actor actor, UUID id, LockModeType lock) {
        return em.createQuery("select w from Webhook w where w.orgId = :org and w.id = :id", Webhook.class)
                .setParameter("org", actor.orgId())
                .setParameter("id", id)
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Rejection(WebhookError.WEBHOOK_NOT_FOUND, "There is no webhook with this id."));
    }

    private static void audit(WebhookView before, WebhookView after) {
        AuditDraft.current().ifPresent(draft -> draft.changed(before, after));
    }
}
