package io.thespace.monitoring.management;

import static io.thespace.monitoring.MonitoringError.NOT_READY;

import io.thespace.auth.ManagementReadiness;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Open;
import io.thespace.monitoring.MonitoringError;
import io.thespace.monitoring.ReadinessView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /management/ready}, the readiness probe of orchestrators. */
@ApplicationScoped
@Governed
@Path("ready")
@Tag(name = "Management health")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ManagementReadinessResource {

    private static final String READY =
            """
            {
              "status": "ok",
              "checks": [
                {"name": "database", "status": "ok", "millis": 1, "required": true},
                {"name": "redis", "status": "ok", "millis": 1, "required": false},
                {"name": "auth", "status": "ok", "millis": 1, "required": true}
              ]
            }
            """;

    private ManagementReadiness readiness;

    public ManagementReadinessResource() {}

    @Inject
    ManagementReadinessResource(ManagementReadiness readiness) {
        this.readiness = readiness;
    }

    @GET
    @Operation(
            summary = "Check readiness",
            description = "Requires the database and the auth service; Redis is optional. The response is 503 when"
                    + " a required dependency does not respond.")
    @APIResponse(responseCode = "200", content = @Content(example = READY))
    @Open
    @MonitoringError.Refuses(NOT_READY)
    public ReadinessView ready() {
        return readiness.ready();
    }
}
