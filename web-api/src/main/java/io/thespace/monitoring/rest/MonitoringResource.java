package io.thespace.monitoring.rest;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.monitoring.BusinessMetrics;
import io.thespace.monitoring.BusinessMetricsView;
import io.thespace.monitoring.DeepHealth;
import io.thespace.monitoring.DeepHealthView;
import io.thespace.monitoring.Monitor;
import io.thespace.monitoring.ReadinessView;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/monitoring}: the state of the node and of its organization, for administrators. */
@ApplicationScoped
@Governed
@Path("control-center/monitoring")
@Tag(name = "Monitoring")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MonitoringResource {

    private Monitor monitor;
    private DeepHealth deepHealth;
    private BusinessMetrics businessMetrics;
    private CurrentCall call;

    public MonitoringResource() {}

    @Inject
    MonitoringResource(Monitor monitor, DeepHealth deepHealth, BusinessMetrics businessMetrics, CurrentCall call) {
        this.monitor = monitor;
        this.deepHealth = deepHealth;
        this.businessMetrics = businessMetrics;
        this.call = call;
    }

    @GET
    @Path("health")
    @Operation(
            summary = "Get the platform's health",
            description = "The shallow view for administrators: each dependency with its answer time.")
    public ReadinessView health() {
        return monitor.readiness();
    }

    @GET
    @Path("deep-health")
    @Operation(
            summary = "Run deep health checks",
            description = "Each dependency and each plugin with its latency, its status against a threshold, and"
                    + " advice. The checks run concurrently, each with a time limit: a check that hangs is"
                    + " reported as down.")
    public DeepHealthView deepHealth() {
        return deepHealth.examine(call.actor());
    }

    @GET
    @Path("business-metrics")
    @Operation(
            summary = "Get business numbers over time windows",
            description = "Numbers of the administrator's organization over the last hour, day, week and 30"
                    + " days, without simulated users: the platform's own, and those that the enabled"
                    + " plugins declare in their manifests. Sums are exact decimals.")
    public BusinessMetricsView businessMetrics() {
        return businessMetrics.of(call.actor());
    }
}
