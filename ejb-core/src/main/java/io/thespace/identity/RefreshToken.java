package io.thespace.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A refresh token as the platform keeps it: by its hash, good once. */
@Entity
@Table(name = "refresh_tokens")
class RefreshToken {

    /** SHA-256 of the token, in base64url. */
    @Id
    private String hash;

    @Column(name = "sign_in_id", updatable = false)
    private UUID signInId;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "expires_at", updatable = false)
    private Instant expiresAt;

    @Column(name = "used_at")
    private Instant usedAt;

    @Version
    private long version;

    protected RefreshToken() {}

    RefreshToken(String hash, UUID signInId, UUID orgId, Instant expiresAt) {
        this.hash = hash;
        this.signInId = signInId;
        this.orgId = orgId;
        this.expiresAt = expiresAt;
    }

    boolean used() {
        return usedAt != null;
    }

    boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    void use(Instant now) {
        usedAt = now;
    }
}
