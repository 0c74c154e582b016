package io.thespace.health;

import io.thespace.health.NodeHealth.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Reports that the application has started; does not fail again before the application stops. */
@Startup
@ApplicationScoped
public class StartupCheck implements HealthCheck {

    /** The check's name in the server's response. */
    static final String NAME = "the-space-started";

    @Override
    public HealthCheckResponse call() {
        return Responses.of(NAME, false, source -> new State(true, Map.of("status", "started")));
    }
}
