package io.thespace.mirrorcore;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/**
 * Deletes sessions whose retention has ended, in small transactions. It runs on every node; rows locked by one node are
 * skipped by others. It continues while the plugin is disabled.
 */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SessionExpiry {

    private static final System.Logger LOG = System.getLogger(SessionExpiry.class.getName());
    private static final int MAX_TURNS = 10_000;

    /** So that a run ends; the next one deletes the rest. A batch has at most 100 sessions. */
    private static final int MAX_BATCHES = 500;

    @Inject
    private ExpiredSessions expired;

    public SessionExpiry() {}

    @SuppressWarnings("UnnecessaryAssignment") // For use without a container.
    SessionExpiry(ExpiredSessions expired) {
        this.expired = expired;
    }

    /** Deletes what is due. A failure is logged: a timer that throws may not be called again. */
    @Schedule(hour = "*", minute = "*/5", second = "30", persistent = false)
    public void purge() {
        try {
            int batches = 0;
            while (expired.delete(MAX_TURNS) > 0 && batches < MAX_BATCHES) {
                batches++;
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "Expired sessions could not be deleted", e);
        }
    }
}
