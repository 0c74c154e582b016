package io.thespace.token;

import io.thespace.plugin.api.Permission;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A personal access token as the platform keeps it. */
@Entity
@Table(name = "tokens")
class Token {

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "user_id", updatable = false)
    private UUID userId;

    /** Null for a token of the user's own. */
    @Column(name = "agent_id", updatable = false)
    private UUID agentId;

    /** The token that it was made with; null when it was made otherwise. */
    @Column(name = "parent_id", updatable = false)
    private UUID parentId;

    @Column(name = "name", updatable = false)
    private String name;

    /** {@link TokenText#hash}. */
    @Column(name = "hash", updatable = false)
    private String hash;

    /** {@link Permission#bitmap}. */
    @Column(name = "permissions", updatable = false)
    private long permissions;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "expires_at", updatable = false)
    private Instant expiresAt;

    @Column(name = "last_used_at", insertable = false, updatable = false)
    private Instant lastUsedAt;

    @Column(name = "revoked_at")
    private Instant revokedAt;

    @Column(name = "revoked_by")
    private UUID revokedBy;

    @Column(name = "revoked_reason")
    private String revokedReason;

    @Version
    private long version;

    protected Token() {}

    /** @param parent the token that it is made with; null for none */
    Token(TokenText text, UUID orgId, UUID userId, TokenOrder order, Token parent, Instant now) {
        this.id = text.id();
        this.orgId = orgId;
        this.userId = userId;
        this.agentId = order.agentId();
        this.name = order.name().strip();
        this.hash = text.hash();
        this.permissions = Permission.bitmap(order.permissions());
        this.createdAt = now;
        this.parentId = parent == null ? null : parent.id;
        this.expiresAt = order.expiresAt() == null && parent != null ? parent.expiresAt : order.expiresAt();
    }

    /** Whether something that ends then outlives this token. */
    boolean outlivedBy(Instant end) {
        return expiresAt != null && end != null && end.isAfter(expiresAt);
    }

    boolean revoked() {
        return revokedAt != null;
    }

    void revoke(UUID by, String reason, Instant now) {
        revokedAt = now;
        revokedBy = by;
        revokedReason = reason;
    }

    TokenView view() {
        return new TokenView(
                id,
                name,
                Permission.of(permissions).stream().map(Permission::text).toList(),
                userId,
                agentId,
                createdAt,
                expiresAt,
                lastUsedAt,
                revokedAt,
                revokedReason);
    }
}
