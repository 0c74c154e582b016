package io.thespace.request;

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

/** Writes queued request log entries every second and deletes expired ones every five minutes; each node writes its own. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RequestWriting {

    private static final Log LOG = Log.of(RequestWriting.class);
    private static final int BATCH = 5_000;

    /** Bounds a run; at that pace millions per hour are dropped. */
    private static final int MAX_BATCHES = 100;

    @Inject
    private RequestLog log;

    @Inject
    private Requests requests;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void write() {
        log.flush();
    }

    @Schedule(hour = "*", minute = "*/5", second = "41", persistent = false)
    void purge() {
        Instant before =
                Instant.now().minus(Duration.ofHours(Configuration.get().get(Key.REQUEST_LOG_HOURS)));
        try {
            int batches = 0;
            while (requests.purge(before, BATCH) >= BATCH && batches < MAX_BATCHES) {
                batches++;
            }
        } catch (RuntimeException e) {
            // Retried by the next run; a timer that throws may not run again.
            LOG.warning("Expired request log entries could not be deleted", "cause", e);
        }
    }
}
