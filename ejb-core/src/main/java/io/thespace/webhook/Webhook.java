package io.thespace.webhook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A server that gets the events of an organization. */
@Entity
@Table(name = "webhooks")
class Webhook {

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    private String url;

    private String description;

    /** With commas between them; null for all. */
    private String types;

    private byte[] secret;

    @Column(name = "previous_secret")
    private byte[] previousSecret;

    @Column(name = "previous_secret_until")
    private Instant previousSecretUntil;

    private boolean enabled;

    @Column(name = "failing_since")
    private Instant failingSince;

    @Column(name = "paused_at")
    private Instant pausedAt;

    @Column(name = "paused_reason")
    private String pausedReason;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "changed_at")
    private Instant changedAt;

    @Version
    private long version;

    protected Webhook() {}

    Webhook(UUID id, UUID orgId, WebhookChange order, byte[] sealedSecret, Instant now) {
        this.id = id;
        this.orgId = orgId;
        this.secret = sealedSecret;
        this.enabled = true;
        this.createdAt = now;
        become(order, now);
    }

    void become(WebhookChange order, Instant now) {
        url = order.url().strip();
        description = order.description();
        types = order.types() == null
                ? null
                : String.join(",", order.types().stream().distinct().toList());
        changedAt = now;
    }

    void enable(Instant now) {
        enabled = true;
        failingSince = null;
        pausedAt = null;
        pausedReason = null;
        changedAt = now;
    }

    void disable(Instant now) {
        enabled = false;
        changedAt = now;
    }

    /** @param until when the current secret expires; null for at once */
    void rotate(byte[] sealedSecret, Instant until, Instant now) {
        previousSecret = until == null ? null : secret;
        previousSecretUntil = until;
        secret = sealedSecret;
        changedAt = now;
    }

    void succeeded() {
        failingSince = null;
    }

    /** Returns since when it has been failing. */
    Instant failed(Instant now) {
        if (failingSince == null) {
            failingSince = now;
        }
        return failingSince;
    }

    void pause(String reason, Instant now) {
        pausedAt = now;
        pausedReason = reason;
    }

    UUID id() {
        return id;
    }

    String url() {
        return url;
    }

    /** Whether it gets events. */
    boolean delivers() {
        return enabled && pausedAt == null;
    }

    byte[] secret() {
        return secret;
    }

    /** Null when requests are not signed with one any more. */
    byte[] previousSecret(Instant now) {
        return previousSecretUntil != null && now.isBefore(previousSecretUntil) ? previousSecret : null;
    }

    /** Null for all. */
    static List<String> types(String joined) {
        return joined == null ? null : List.of(joined.split(","));
    }

    WebhookView view() {
        WebhookState state = !enabled
                ? WebhookState.DISABLED
                : pausedAt != null
                        ? WebhookState.PAUSED
                        : failingSince != null ? WebhookState.FAILING : WebhookState.ACTIVE;
        return new WebhookView(
                id,
                url,
                types(types),
                description,
                state.text(),
                failingSince,
                pausedAt,
                pausedReason,
                previousSecretUntil != null && Instant.now().isBefore(previousSecretUntil) ? previousSecretUntil : null,
                createdAt,
                changedAt);
    }
}
