package io.thespace.health;

import io.thespace.health.NodeHealth.Source;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Reports whether the node can serve requests, as {@code GET /api/ready} does. */
@Readiness
@ApplicationScoped
public class ReadinessCheck implements HealthCheck {

    /** The check's name in the server's response. */
    static final String NAME = "the-space-ready";

    @Override
    public HealthCheckResponse call() {
        return Responses.of(NAME, false, Source::ready);
    }
}
