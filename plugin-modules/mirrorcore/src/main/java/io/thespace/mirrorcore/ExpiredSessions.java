package io.thespace.mirrorcore;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Sessions whose retention has ended, of all organizations. */
@Stateless
public class ExpiredSessions {

    @PersistenceContext(unitName = "mirrorcore")
    private EntityManager entities;

    public ExpiredSessions() {}

    /** Outside of a container. */
    ExpiredSessions(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Deletes a batch in a transaction of its own.
     *
     * @param maxTurns the maximum of turns to delete
     * @return how many turns and sessions were deleted; 0 when none was due
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public long delete(int maxTurns) {
        // Before the plugin was started for the first time there is nothing here.
        Object purges = entities.createNativeQuery("select to_regproc('mirrorcore.purge_expired') is not null")
                .getSingleResult();
        if (!Boolean.TRUE.equals(purges)) {
            return 0;
        }
        return ((Number) entities.createNativeQuery("select mirrorcore.purge_expired(:most)")
                        .setParameter("most", maxTurns)
                        .getSingleResult())
                .longValue();
    }
}
