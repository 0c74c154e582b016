package io.thespace.audit;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;

/** Makes the chains longer at one end and, when their records are old, shorter at the other. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AuditChains {

    @PersistenceContext(unitName = "core")
    EntityManager entities;

    /**
     * Assigns records their positions in the chains.
     *
     * @return the number of records sealed; 0 also when another node is sealing
     */
    public int seal(int most) {
        return ((Number) entities.createNativeQuery("select core.seal_audit(:most)")
                        .setParameter("most", most)
                        .getSingleResult())
                .intValue();
    }

    /**
     * Drops expired records.
     *
     * @param before records older than this may be dropped; the database retains records younger than thirty days
     * @return the number of records dropped
     */
    public long purge(Instant before, int most) {
        return ((Number) entities.createNativeQuery("select core.purge_audit(:before, :most)")
                        .setParameter("before", before)
                        .setParameter("most", most)
                        .getSingleResult())
                .longValue();
    }
}
