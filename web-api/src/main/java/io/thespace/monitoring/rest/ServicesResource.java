package io.thespace.monitoring.rest;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.monitoring.ServiceView;
import io.thespace.monitoring.Services;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/services}: the service registry. */
@ApplicationScoped
@Governed
@Path("control-center/services")
@Tag(name = "Monitoring")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ServicesResource {

    private Services services;
    private CurrentCall call;

    public ServicesResource() {}

    @Inject
    ServicesResource(Services services, CurrentCall call) {
        this.services = services;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List the services",
            description = "The service registry: the platform's own services, then the plugins, each with its"
                    + " version, its status, the reason when it is not `ok`, and since when.")
    public List<ServiceView> list() {
        return services.list(call.actor());
    }
}
