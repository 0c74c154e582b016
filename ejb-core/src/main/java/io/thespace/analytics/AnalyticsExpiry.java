package io.thespace.analytics;

import io.thespace.log.Log;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Drops minutes after eight days and hours after 400, in small transactions; any number of nodes may do so. */
@Singleton
public class AnalyticsExpiry {

    private static final Log LOG = Log.of(AnalyticsExpiry.class);
    private static final int BATCH = 1_000;
    private static final int MAX_BATCHES = 100;

    @Inject
    private Analytics analytics;

    @Schedule(hour = "*", minute = "23", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void purge() {
        try {
            int batches = 0;
            while (analytics.purge(BATCH) >= BATCH && batches < MAX_BATCHES) {
                batches++;
            }
        } catch (RuntimeException e) {
            // The next run does it; a timer that throws may not get one.
            LOG.warning("Old analytics could not be dropped", "cause", e);
        }
    }
}
