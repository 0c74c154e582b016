package io.thespace.audit;

import io.thespace.plugin.api.Actor;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Map;
import org.hibernate.annotations.Immutable;

/** A record that has no place in a chain yet. */
@Entity
@Immutable
@Table(name = "audit_inbox")
class AuditEntry extends AuditRecord {

    protected AuditEntry() {}

    AuditEntry(
            Actor actor,
            String method,
            String path,
            String source,
            String action,
            Map<String, String> resource,
            AuditOutcome outcome,
            byte[] requestDigest,
            byte[] beforeDigest,
            byte[] afterDigest) {
        super(actor, method, path, source, action, resource, outcome, requestDigest, beforeDigest, afterDigest);
    }
}
