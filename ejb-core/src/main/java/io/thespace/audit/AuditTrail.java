package io.thespace.audit;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** Takes records that have no transaction to join. */
@Stateless
public class AuditTrail {

    @PersistenceContext(unitName = "core")
    EntityManager entities;

    /** Writes records, all of the chain that the bound tenant has, in a transaction of their own. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void append(List<AuditEntry> records) {
        records.forEach(entities::persist);
    }
}
