package io.thespace.invitation;

import io.thespace.identity.MembershipRole;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** An invitation of people into an organization. */
@Entity
@Table(name = "invitations")
class Invitation {

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    /** Without hyphens. */
    @Column(name = "code", updatable = false)
    private String code;

    @Column(name = "pin_hash", updatable = false)
    private String pinHash;

    @Column(name = "name")
    private String name;

    /** {@link MembershipRole#text}. */
    @Column(name = "role", updatable = false)
    private String role;

    @Column(name = "most_uses", updatable = false)
    private int mostUses;

    @Column(name = "uses")
    private int uses;

    @Column(name = "expires_at", updatable = false)
    private Instant expiresAt;

    @Column(name = "created_by")
    private UUID createdBy;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "revoked_at")
    private Instant revokedAt;

    @Column(name = "revoked_by")
    private UUID revokedBy;

    /** The invitee's address, in lower case; null for anyone. */
    @Column(name = "email")
    private String email;

    @Version
    private long version;

    protected Invitation() {}

    /** @param email the invitee's address, in lower case; null for anyone */
    Invitation(
            UUID id,
            UUID orgId,
            UUID createdBy,
            String code,
            String pinHash,
            InvitationOrder order,
            String email,
            Instant now) {
        this.id = id;
        this.orgId = orgId;
        this.code = code;
        this.pinHash = pinHash;
        this.name = order.name().strip();
        this.role = order.role().text();
        this.mostUses = order.uses();
        this.expiresAt = now.plus(Duration.ofHours(order.hours()));
        this.email = email;
        this.createdBy = createdBy;
        this.createdAt = now;
    }

    UUID id() {
        return id;
    }

    String code() {
        return code;
    }

    MembershipRole role() {
        return MembershipRole.of(role);
    }

    boolean usable(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt) && uses < mostUses;
    }

    /** Counts a use; only under the row's lock. */
    void use() {
        uses++;
        if (uses == mostUses) {
            email = null;
        }
    }

    void revoke(UUID by, Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
            revokedBy = by;
        }
    }

    InvitationView view(Instant now) {
        String state;
        if (revokedAt != null) {
            state = "revoked";
        } else if (!now.isBefore(expiresAt)) {
            state = "expired";
        } else {
            state = uses < mostUses ? "open" : "used_up";
        }
        return new InvitationView(
                id,
                name,
                InvitationCode.shown(code),
                role,
                email,
                state,
                mostUses,
                uses,
                expiresAt,
                createdBy,
                createdAt,
                revokedAt,
                revokedBy);
    }
}
