package io.thespace.directive;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** The immutable content of a directive's version. */
@Entity
@Table(name = "directive_versions")
class DirectiveVersion {

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    @Column(name = "directive_id", updatable = false)
    private UUID directiveId;

    @Column(name = "number", updatable = false)
    private int number;

    @Column(name = "name", updatable = false)
    private String name;

    @Column(name = "content", updatable = false)
    private String content;

    @Column(name = "priority", updatable = false)
    private int priority;

    /** {@link DirectiveStatus#text}. */
    @Column(name = "status")
    private String status;

    @Column(name = "created_by")
    private UUID createdBy;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "promoted_by")
    private UUID promotedBy;

    @Column(name = "promoted_at")
    private Instant promotedAt;

    @Column(name = "ended_at")
    private Instant endedAt;

    @Column(name = "revoked_by")
    private UUID revokedBy;

    @Column(name = "revoked_reason")
    private String revokedReason;

    @Version
    private long version;

    protected DirectiveVersion() {}

    /** The first one. */
    DirectiveVersion(UUID orgId, UUID directiveId, UUID createdBy, DirectiveOrder order, Instant now) {
        this(orgId, directiveId, 1, createdBy, now);
        this.name = order.name().strip();
        this.content = order.content();
        this.priority = order.priority() == null ? DirectiveOrder.USUAL_PRIORITY : order.priority();
    }

    private DirectiveVersion(UUID orgId, UUID directiveId, int number, UUID createdBy, Instant now) {
        this.id = UuidCreator.getTimeOrderedEpoch();
        this.orgId = orgId;
        this.directiveId = directiveId;
        this.number = number;
        this.status = DirectiveStatus.DRAFT.text();
        this.createdBy = createdBy;
        this.createdAt = now;
    }

    /** The one after this. */
    DirectiveVersion changed(int next, UUID by, DirectiveChange change, Instant now) {
        DirectiveVersion changed = new DirectiveVersion(orgId, directiveId, next, by, now);
        changed.name = change.name() == null ? name : change.name().strip();
        changed.content = change.content() == null ? content : change.content();
        changed.priority = change.priority() == null ? priority : change.priority();
        return changed;
    }

    String name() {
        return name;
    }

    String content() {
        return content;
    }

    int priority() {
        return priority;
    }

    int number() {
        return number;
    }

    String status() {
        return status;
    }

    boolean draft() {
        return status.equals(DirectiveStatus.DRAFT.text());
    }

    void promote(UUID by, Instant now) {
        status = DirectiveStatus.ACTIVE.text();
        promotedBy = by;
        promotedAt = now;
    }

    void supersede(Instant now) {
        status = DirectiveStatus.SUPERSEDED.text();
        endedAt = now;
    }

    void revoke(UUID by, String reason, Instant now) {
        status = DirectiveStatus.REVOKED.text();
        endedAt = now;
        revokedBy = by;
        revokedReason = reason;
    }

    DirectiveVersionView view() {
        return new DirectiveVersionView(
                directiveId,
                number,
                status,
                name,
                content,
                priority,
                createdBy,
                createdAt,
                promotedBy,
                promotedAt,
                endedAt,
                revokedBy,
                revokedReason);
    }
}
