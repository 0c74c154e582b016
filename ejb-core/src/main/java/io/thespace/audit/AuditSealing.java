package io.thespace.audit;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.log.Log;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** Appends pending records to the audit chains every second and deletes expired ones every hour; may run on any number of nodes. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditSealing {

    private static final Log LOG = Log.of(AuditSealing.class);
    private static final int BATCH = 1_000;

    /** Bounds one run, however many records arrive meanwhile. */
    private static final int MAX_BATCHES = 50;

    private final AtomicBoolean failing = new AtomicBoolean();

    @Inject
    private AuditChains chains;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void seal() {
        try {
            int batches = 0;
            while (chains.seal(BATCH) == BATCH && batches < MAX_BATCHES) {
                batches++;
            }
            if (failing.compareAndSet(true, false)) {
                LOG.info("Audit chain is written again");
            }
        } catch (RuntimeException e) {
            // The next second does it; a timer that throws may not get one.
            if (failing.compareAndSet(false, true)) {
                LOG.warning("Audit records could not be appended to the chain", "cause", e);
            }
        }
    }

    @Schedule(hour = "*", minute = "17", persistent = false)
    void purge() {
        Instant before = Instant.now().minus(Duration.ofDays(Configuration.get().get(Key.AUDIT_DAYS)));
        try {
            int batches = 0;
            while (chains.purge(before, BATCH) >= BATCH && batches < MAX_BATCHES) {
                batches++;
            }
        } catch (RuntimeException e) {
            LOG.warning("Expired audit records could not be deleted", "cause", e);
        }
    }
}
