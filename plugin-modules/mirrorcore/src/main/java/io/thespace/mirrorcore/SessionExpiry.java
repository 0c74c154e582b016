package io.thespace.mirrorcore;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/**
 * Deletes sessions whose retention has ended, some thousand turns at a time. It runs on every node; rows locked by one
 * node are skipped by others. It continues while the plugin is disabled.
 */
@Singleton
public class SessionExpiry {

    private static final int MAX_ROWS = 10_000;

    @PersistenceContext(unitName = "mirrorcore")
    private EntityManager entities;

    public SessionExpiry() {}

    /** Outside of a container. */
    SessionExpiry(EntityManager entities) {
        this.entities = entities;
    }

    /** Deletes some of what is due. */
    @Schedule(hour = "*", minute = "*/5", second = "30", persistent = false)
    public void purge() {
        purge(MAX_ROWS);
    }

    /** Deletes so many turns and gives how many rows are gone; 0 when nothing was due. */
    long purge(int most) {
        // Before the plugin was started for the first time there is nothing here.
        Object purges = entities.createNativeQuery("select to_regproc('mirrorcore.purge_expired') is not null")
                .getSingleResult();
        if (!Boolean.TRUE.equals(purges)) {
            return 0;
        }
        return ((Number) entities.createNativeQuery("select mirrorcore.purge_expired(:most)")
                        .setParameter("most", most)
                        .getSingleResult())
                .longValue();
    }
}
