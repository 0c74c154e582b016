package io.thespace.endpoint.rest;

import io.thespace.endpoint.EndpointStatusView;
import io.thespace.endpoint.EndpointStatuses;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.OwnTransactions;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/endpoint-status}: what every endpoint declares, beside what it was seen to do. */
@ApplicationScoped
@Governed
@Path("control-center/endpoint-status")
@Tag(name = "Endpoint status")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EndpointStatusResource {

    private EndpointStatuses statuses;

    public EndpointStatusResource() {}

    @Inject
    EndpointStatusResource(EndpointStatuses statuses) {
        this.statuses = statuses;
    }

    @GET
    @Operation(
            summary = "Compare the declared and measured status of endpoints",
            description = "For each endpoint of this node the declared status and the measured one. `working`: the"
                    + " last outcome matched the declaration; `failing`: it did not; `unproven`: there was no"
                    + " outcome since the node started. Real calls count, and so do probes: the platform calls"
                    + " read endpoints, and endpoints that declare that they can be rolled back, with the"
                    + " declared examples.")
    public EndpointStatusView read() {
        return statuses.read();
    }

    @POST
    @Path("probe")
    @Operation(
            summary = "Probe the endpoints now",
            description = "Makes this node call every endpoint that is safe to call, within some seconds. The round"
                    + " is complete when `probed_at` is later than this call.")
    @OwnTransactions
    public void probe() {
        statuses.probe();
    }
}
