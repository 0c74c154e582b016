package io.thespace.identity;

import static io.thespace.json.MergePatch.merged;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A tenant. */
@Entity
@Table(name = "organizations")
class Organization {

    static final String ACTIVE = "active";
    static final String SUSPENDED = "suspended";
    static final String DELETED = "deleted";

    @Id
    private UUID id;

    @Column(name = "name")
    private String name;

    @Column(name = "status")
    private String status;

    /** Whether this is where synthetic users act; there is one such organization. */
    @Column(name = "sandbox", updatable = false)
    private boolean sandbox;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Version
    private long version;

    protected Organization() {}

    Organization(UUID id, String name, Instant now) {
        this.id = id;
        this.name = name;
        this.status = ACTIVE;
        this.createdAt = now;
    }

    static Organization sandbox(UUID id, Instant now) {
        Organization organization = new Organization(id, "Sandbox", now);
        organization.sandbox = true;
        return organization;
    }

    boolean active() {
        return ACTIVE.equals(status);
    }

    boolean deleted() {
        return DELETED.equals(status);
    }

    void change(OrganizationChange change) {
        name = merged(name, change.name()).strip();
    }

    void suspend() {
        status = SUSPENDED;
    }

    void reactivate() {
        status = ACTIVE;
    }

    /** Its users are locked out; its data wait to be erased. */
    void delete() {
        status = DELETED;
    }

    OrganizationView view() {
        return new OrganizationView(id, name, status, createdAt);
    }
}
