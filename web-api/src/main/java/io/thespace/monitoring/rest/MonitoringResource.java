package io.thespace.monitoring.rest;

import io.thespace.endpoint.Resource;
import io.thespace.monitoring.HealthView;
import io.thespace.monitoring.Monitor;
import io.thespace.monitoring.MonitoringError;
import io.thespace.monitoring.ReadinessView;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** How the node is, for orchestrators and administrators. */
@ApplicationScoped
class MonitoringResource implements Resource {

    private static final HealthView HEALTHY =
            new HealthView("ok", 12345, "0.1.0", Map.of("implemented", 10, "mocked", 0, "pending", 0));

    private static final ReadinessView READY = new ReadinessView(
            "ok",
            List.of(
                    new ReadinessView.Check("database", "ok", 1, true),
                    new ReadinessView.Check("redis", "ok", 1, false)));

    private Monitor monitor;

    MonitoringResource() {}

    @Inject
    MonitoringResource(Monitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public String group() {
        return "Monitoring";
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
                        .summary("Can the node serve?")
                        .description("Readiness. `degraded` means that it serves without something that it can do"
                                + " without; when it cannot serve, the answer is 503.")
                        .open()
                        .answers(ReadinessView.class, READY)
                        .refuses(MonitoringError.NOT_READY)
                        .handler(call -> monitor.ready()),
                Endpoint.get("/control-center/monitoring/health")
                        .summary("Get the platform's health")
                        .description("The shallow view for administrators: each dependency with its answer time.")
                        .role(Role.ADMIN)
                        .answers(ReadinessView.class, READY)
                        .handler(call -> monitor.readiness()));
    }
}
