package io.thespace.identity.signin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A sign-in of one user to one organization: a family of refresh tokens. */
@Entity
@Table(name = "sign_ins")
class SignIn {

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "user_id", updatable = false)
    private UUID userId;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "revoked_at")
    private Instant revokedAt;

    @Column(name = "revoked_reason")
    private String revokedReason;

    @Version
    private long version;

    protected SignIn() {}

    SignIn(UUID id, UUID orgId, UUID userId, Instant now, Instant expiresAt) {
        this.id = id;
        this.orgId = orgId;
        this.userId = userId;
        this.createdAt = now;
        this.expiresAt = expiresAt;
    }

    UUID userId() {
        return userId;
    }

    boolean lives(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }

    void extend(Instant until) {
        expiresAt = until;
    }

    /** Its user signed out; nothing changes when it had ended before. */
    void signOut(Instant now) {
        revoke(now, "signed_out");
    }

    /** Handles the reuse of a consumed token: two clients hold the family, so it was stolen. */
    void reused(Instant now) {
        revoke(now, "token_reused");
    }

    private void revoke(Instant now, String reason) {
        if (revokedAt == null) {
            revokedAt = now;
            revokedReason = reason;
        }
    }
}
