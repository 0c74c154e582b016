package io.thespace.privacy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A legal hold: blocks the erasure of a person's data. */
@Entity
@Table(name = "legal_holds")
class LegalHold {

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "user_id", updatable = false)
    private UUID userId;

    @Column(name = "identifier", updatable = false)
    private String identifier;

    @Column(name = "reason", updatable = false)
    private String reason;

    @Column(name = "placed_by", updatable = false)
    private UUID placedBy;

    @Column(name = "placed_at", updatable = false)
    private Instant placedAt;

    @Column(name = "cleared_by")
    private UUID clearedBy;

    @Column(name = "cleared_at")
    private Instant clearedAt;

    @Column(name = "cleared_reason")
    private String clearedReason;

    @Version
    private long version;

    protected LegalHold() {}

    LegalHold(UUID id, UUID orgId, UUID placedBy, UUID userId, String identifier, String reason, Instant now) {
        this.id = id;
        this.orgId = orgId;
        this.placedBy = placedBy;
        this.userId = userId;
        this.identifier = identifier;
        this.reason = reason;
        this.placedAt = now;
    }

    boolean cleared() {
        return clearedAt != null;
    }

    void clear(UUID by, String why, Instant now) {
        clearedBy = by;
        clearedAt = now;
        clearedReason = why;
    }

    LegalHoldView view() {
        return new LegalHoldView(
                id, userId, identifier, reason, placedBy, placedAt, clearedBy, clearedAt, clearedReason);
    }
}
