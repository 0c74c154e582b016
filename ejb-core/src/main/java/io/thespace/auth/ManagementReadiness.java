package io.thespace.auth;

import io.thespace.monitoring.Monitor;
import io.thespace.monitoring.MonitoringError;
import io.thespace.monitoring.ReadinessView;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Judges whether the node can serve the management API. */
@ApplicationScoped
public class ManagementReadiness {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    @Inject
    Monitor monitor;

    @Inject
    AuthClient auth;

    /**
     * The node's readiness, with that of the auth service.
     *
     * @throws Rejection {@code NOT_READY} when the node cannot serve
     */
    public ReadinessView ready() {
        ReadinessView node = monitor.ready();
        long start = System.nanoTime();
        boolean answers = auth.answers();
        if (!answers) {
            throw Rejection.later(
                    MonitoringError.NOT_READY, "The node cannot serve: no answer from auth.", RETRY_AFTER);
        }
        List<ReadinessView.Check> checks = new ArrayList<>(node.checks());
        checks.add(new ReadinessView.Check("auth", "ok", (System.nanoTime() - start) / 1_000_000, true));
        return new ReadinessView(node.status(), List.copyOf(checks));
    }
}
