package io.thespace.hub.node;

import io.thespace.log.Log;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;

/** Wakes the hub each second. */
@Singleton
public class HubClock {

    private static final Log LOG = Log.of(HubClock.class);

    private final AtomicBoolean failing = new AtomicBoolean();

    @Inject
    private Hub hub;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void tick() {
        try {
            hub.tick();
            if (failing.compareAndSet(true, false)) {
                LOG.info("Sockets are checked again");
            }
        } catch (RuntimeException e) {
            // The next second does it; a timer that throws may not get one.
            if (failing.compareAndSet(false, true)) {
                LOG.warning("Sockets could not be checked", "cause", e);
            }
        }
    }
}
