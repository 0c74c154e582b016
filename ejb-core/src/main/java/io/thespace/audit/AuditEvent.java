package io.thespace.audit;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A record in its place in the chain, where only the database puts it. */
@Entity
@Immutable
@SuppressWarnings("UnusedVariable") // read by JPA
@Table(name = "audit_events")
class AuditEvent extends AuditRecord {

    private long position;

    private byte[] previous;

    private byte[] hash;

    protected AuditEvent() {}
}
