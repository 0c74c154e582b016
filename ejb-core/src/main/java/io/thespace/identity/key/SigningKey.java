package io.thespace.identity.key;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The public half of a key that some node signs with, or did; written in SQL by {@link SigningKeys}. */
@Entity
@Table(name = "signing_keys")
class SigningKey {

    @Id
    private String kid;

    /** X.509 SubjectPublicKeyInfo, DER. */
    @Column(name = "public_key", updatable = false)
    private byte[] publicKey;

    @Column(name = "last_seen_at")
    private Instant lastSeenAt;

    protected SigningKey() {}
}
