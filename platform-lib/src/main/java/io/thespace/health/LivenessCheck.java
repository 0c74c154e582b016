package io.thespace.health;

import io.thespace.health.NodeHealth.Source;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Reports that the process works; what it depends on does not count. */
@Liveness
@ApplicationScoped
public class LivenessCheck implements HealthCheck {

    /** The check's name in the server's response. */
    static final String NAME = "the-space-live";

    @Override
    public HealthCheckResponse call() {
        return Responses.of(NAME, true, Source::live);
    }
}
