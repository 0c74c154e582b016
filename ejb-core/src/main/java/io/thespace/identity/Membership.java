package io.thespace.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** The membership of a user in an organization, with a role. */
@Entity
@Table(name = "memberships")
class Membership {

    static final String ACTIVE = "active";
    static final String SUSPENDED = "suspended";

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "user_id", updatable = false)
    private UUID userId;

    /** {@link MembershipRole#text}. */
    @Column(name = "role")
    private String role;

    /** {@link #ACTIVE} or {@link #SUSPENDED}. */
    @Column(name = "status")
    private String status;

    /** Whether the role follows the external issuer's tokens, because no administrator has set one. */
    @Column(name = "follows_issuer")
    private boolean followsIssuer;

    /** When a token of the external issuer last stated a platform administrator; null when the latest states less. */
    @Column(name = "issuer_admin_at", insertable = false, updatable = false)
    private Instant issuerAdminAt;

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
        this.status = ACTIVE;
        this.createdAt = now;
    }

    MembershipRole role() {
        return MembershipRole.of(role);
    }

    boolean active() {
        return ACTIVE.equals(status);
    }

    /** What the member is from now on, whatever an external issuer says. */
    void become(MembershipRole other) {
        role = other.text();
        followsIssuer = false;
    }

    void suspend() {
        status = SUSPENDED;
    }

    void reactivate() {
        status = ACTIVE;
    }
}
