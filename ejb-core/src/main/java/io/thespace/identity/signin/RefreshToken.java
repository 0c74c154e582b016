package io.thespace.identity.signin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A refresh token as the platform keeps it: by its hash, good once, but for a repetition by the same client at once. */
@Entity
@Table(name = "refresh_tokens")
class RefreshToken {

    /** A retry after a lost response follows at once; a later repetition means that two clients hold the token. */
    private static final Duration GRACE = Duration.ofSeconds(10);

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

    /** The next token, encrypted for the holder of this one; null before there is one and once that is used. */
    @Column(name = "successor")
    private String successor;

    @Column(name = "used_from")
    private String usedFrom;

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

    void use(Instant now, String client, String sealedSuccessor) {
        usedAt = now;
        usedFrom = client;
        successor = sealedSuccessor;
    }

    /** The sealed successor, if the client that used this token presents it again within the grace and the successor is unused. */
    Optional<String> successor(Instant now, String client) {
        return Optional.ofNullable(successor)
                .filter(unused -> client.equals(usedFrom) && now.isBefore(usedAt.plus(GRACE)));
    }
}
