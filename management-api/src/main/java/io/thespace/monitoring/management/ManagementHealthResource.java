package io.thespace.monitoring.management;

import io.thespace.auth.ManagementReadiness;
import io.thespace.endpoint.ManagementResource;
import io.thespace.monitoring.HealthView;
import io.thespace.monitoring.Monitor;
import io.thespace.monitoring.MonitoringError;
import io.thespace.monitoring.ReadinessView;
import io.thespace.plugin.api.Endpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** {@code /management/health} and {@code /management/ready}, for orchestrators. */
@ApplicationScoped
class ManagementHealthResource implements ManagementResource {

    private static final HealthView HEALTHY =
            new HealthView("ok", 12345, "0.1.0", Map.of("implemented", 10, "mocked", 0, "pending", 0));

    private static final ReadinessView READY = new ReadinessView(
            "ok",
            List.of(
                    new ReadinessView.Check("database", "ok", 1, true),
                    new ReadinessView.Check("redis", "ok", 1, false),
                    new ReadinessView.Check("auth", "ok", 1, true)));

    @Inject
    Monitor monitor;

    @Inject
    ManagementReadiness readiness;

    @Override
    public String group() {
        return "Management health";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/health")
                        .summary("Is the node alive?")
                        .description("Liveness. It asks nothing else, so it answers as long as the node does.")
                        .open()
                        .answers(HealthView.class, HEALTHY)
                        .handler(call -> monitor.health()),
                Endpoint.get("/ready")
                        .summary("Can the node serve the management API?")
                        .description("Readiness: the database and the auth service are needed, Redis is not. When one"
                                + " that is needed does not answer, the answer is 503.")
                        .open()
                        .answers(ReadinessView.class, READY)
                        .refuses(MonitoringError.NOT_READY)
                        .handler(call -> readiness.ready()));
    }
}
