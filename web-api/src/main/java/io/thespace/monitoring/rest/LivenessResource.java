package io.thespace.monitoring.rest;

import io.thespace.endpoint.Counts;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Open;
import io.thespace.monitoring.HealthView;
import io.thespace.monitoring.Monitor;
import io.thespace.plugin.api.LimitClass;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/health}: whether the node is alive, for orchestrators. */
@ApplicationScoped
@Governed
@Path("health")
@Tag(name = "Monitoring")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LivenessResource {

    private Monitor monitor;

    public LivenessResource() {}

    @Inject
    LivenessResource(Monitor monitor) {
        this.monitor = monitor;
    }

    @GET
    @Operation(
            summary = "Is the node alive?",
            description = "Liveness. It asks nothing else, so it answers as long as the node does.")
    @Open
    @Counts(LimitClass.NONE)
    public HealthView health() {
        return monitor.health();
    }
}
