package io.thespace.monitoring.rest;

import static io.thespace.monitoring.MonitoringError.NOT_READY;

import io.thespace.endpoint.Counts;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Open;
import io.thespace.monitoring.Monitor;
import io.thespace.monitoring.MonitoringError;
import io.thespace.monitoring.ReadinessView;
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

/** {@code /api/ready}: whether the node can serve, for orchestrators. */
@ApplicationScoped
@Governed
@Path("ready")
@Tag(name = "Monitoring")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ReadinessResource {

    private Monitor monitor;

    public ReadinessResource() {}

    @Inject
    ReadinessResource(Monitor monitor) {
        this.monitor = monitor;
    }

    @GET
    @Operation(
            summary = "Can the node serve?",
            description = "Readiness. `degraded` means that it serves without something that it can do"
                    + " without; when it cannot serve, the answer is 503.")
    @Open
    @Counts(LimitClass.NONE)
    @MonitoringError.Refuses(NOT_READY)
    public ReadinessView ready() {
        return monitor.ready();
    }
}
