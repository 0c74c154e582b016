package io.thespace.monitoring.management;

import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Open;
import io.thespace.monitoring.HealthView;
import io.thespace.monitoring.Monitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /management/health}, the liveness probe of orchestrators. */
@ApplicationScoped
@Governed
@Path("health")
@Tag(name = "Management health")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ManagementHealthResource {

    private Monitor monitor;

    public ManagementHealthResource() {}

    @Inject
    ManagementHealthResource(Monitor monitor) {
        this.monitor = monitor;
    }

    @GET
    @Operation(
            summary = "Check liveness",
            description = "Checks no dependencies: the response is 200 as long as the process works.")
    @Open
    public HealthView health() {
        return monitor.health();
    }
}
