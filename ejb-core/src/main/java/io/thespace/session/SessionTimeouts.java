package io.thespace.session;

import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.tenant.Tenant;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes down every ten seconds which sessions have timed out, each in its own transaction; any number of nodes may do so. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SessionTimeouts {

    private static final Log LOG = Log.of(SessionTimeouts.class);

    /** The maximum of sessions processed per run; the next run continues. */
    private static final int MAX_SESSIONS = 1_000;

    private final AtomicBoolean failing = new AtomicBoolean();

    @Inject
    private Sessions sessions;

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    void look() {
        try {
            sessions.idle(MAX_SESSIONS).forEach(this::timeOut);
            if (failing.compareAndSet(true, false)) {
                LOG.info("Session timeouts are recorded again");
            }
        } catch (RuntimeException e) {
            // The next look does it; a timer that throws may not get one.
            if (failing.compareAndSet(false, true)) {
                LOG.warning("Session timeouts could not be recorded", "cause", e);
            }
        }
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private void timeOut(Sessions.Idle idle) {
        try (Tenant tenant = Tenant.bind(idle.orgId())) {
            sessions.timeOut(Actor.platform(idle.orgId(), "session-timeouts"), idle.id());
        }
    }
}
