package io.thespace.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** That a user belongs to an organization, and as what. */
@Entity
@Table(name = "memberships")
class Membership {

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "user_id", updatable = false)
    private UUID userId;

    /** {@link MembershipRole#text}. */
    @Column(name = "role")
    private String role;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Version
    private long version;

    protected Membership() {}

    Membership(UUID id, UUID orgId, UUID userId, MembershipRole role, Instant now) {
        this.id = id;
        this.orgId = orgId;
        this.userId = userId;
        this.role = role.text();
        this.createdAt = now;
    }
}
