package io.thespace.audit;

import jakarta.persistence.EntityManager;

/** Lets other capabilities' tests read the audit. */
public final class AuditAccess {

    private AuditAccess() {}

    public static Class<?> entity() {
        return AuditEvent.class;
    }

    public static AuditEvents on(EntityManager em) {
        AuditEvents events = new AuditEvents();
        events.entities = em;
        return events;
    }
}
