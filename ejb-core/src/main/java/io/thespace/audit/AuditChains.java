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
     * Gives records their places.
     *
     * @return how many; 0 also when another node is at it
     */
    public int seal(int most) {
        return ((Number) entities.createNativeQuery("select core.seal_audit(:most)")
                        .setParameter("most", most)
                        .getSingleResult())
                .intValue();
    }

    /**
     * Drops records.
     *
     * @param before when those that may go were recorded; the database keeps what is younger than thirty days
     * @return how many
     */
    public long purge(Instant before, int most) {
        return ((Number) entities.createNativeQuery("select core.purge_audit(:before, :most)")
                        .setParameter("before", before)
                        .setParameter("most", most)
                        .getSingleResult())
                .longValue();
    }
}
