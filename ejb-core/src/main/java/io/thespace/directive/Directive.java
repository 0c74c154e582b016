package io.thespace.directive;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A directive, whose words are in its versions. */
@Entity
@Table(name = "directives")
class Directive {

    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    /** Null for every agent of the organization. */
    @Column(name = "agent_id", updatable = false)
    private UUID agentId;

    /** {@link DirectiveStatus#text}. */
    @Column(name = "status")
    private String status;

    @Column(name = "latest")
    private int latest;

    /** Null when no version is in force. */
    @Column(name = "active")
    private Integer active;

    @Column(name = "created_by")
    private UUID createdBy;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "changed_at")
    private Instant changedAt;

    @Version
    private long version;

    protected Directive() {}

    Directive(UUID id, UUID orgId, UUID createdBy, UUID agentId, Instant now) {
        this.id = id;
        this.orgId = orgId;
        this.agentId = agentId;
        this.status = DirectiveStatus.DRAFT.text();
        this.latest = 1;
        this.createdBy = createdBy;
        this.createdAt = now;
        this.changedAt = now;
    }

    UUID agentId() {
        return agentId;
    }

    int latest() {
        return latest;
    }

    Integer active() {
        return active;
    }

    int draft(Instant now) {
        changedAt = now;
        return ++latest;
    }

    void promoted(int number, Instant now) {
        active = number;
        status = DirectiveStatus.ACTIVE.text();
        changedAt = now;
    }

    void revoked(Instant now) {
        active = null;
        status = DirectiveStatus.REVOKED.text();
        changedAt = now;
    }

    DirectiveView view(DirectiveVersion words) {
        return new DirectiveView(
                id,
                agentId,
                status,
                words.name(),
                words.content(),
                words.priority(),
                latest,
                active,
                createdBy,
                createdAt,
                changedAt);
    }
}
