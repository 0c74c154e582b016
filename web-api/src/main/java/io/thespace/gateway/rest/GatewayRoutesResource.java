package io.thespace.gateway.rest;

import static io.thespace.gateway.GatewayError.INVALID_ROUTE;
import static io.thespace.gateway.GatewayError.PREFIX_TAKEN;
import static io.thespace.gateway.GatewayError.ROUTE_NOT_FOUND;
import static io.thespace.gateway.GatewayError.TOO_MANY_ROUTES;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.Requires;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.GatewayRoutes;
import io.thespace.gateway.RouteOrder;
import io.thespace.gateway.RouteView;
import io.thespace.gateway.forward.UpstreamView;
import io.thespace.gateway.live.Gateway;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/gateway/routes}. */
@ApplicationScoped
@Governed
@Path("control-center/gateway/routes")
@Tag(name = "Gateway routes")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class GatewayRoutesResource {

    private GatewayRoutes routes;
    private Gateway gateway;
    private CurrentCall call;

    public GatewayRoutesResource() {}

    @Inject
    GatewayRoutesResource(GatewayRoutes routes, Gateway gateway, CurrentCall call) {
        this.routes = routes;
        this.gateway = gateway;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List the gateway's routes",
            description = "Sorted by prefix, with the effective value of every member.")
    public Page<RouteView> list() {
        return routes.list(call.actor(), call.page());
    }

    @POST
    @Operation(
            summary = "Add a route to the gateway",
            description = "The route takes effect on every node within a second. The longest prefix of whole path"
                    + " segments wins; the upstream's path replaces it. Only `prefix` and `upstreams` are"
                    + " required.")
    @APIResponse(responseCode = "201")
    @Idempotent
    @GatewayError.Refuses({INVALID_ROUTE, PREFIX_TAKEN, TOO_MANY_ROUTES})
    public RouteView create(@Valid RouteOrder order) {
        return routes.create(call.actor(), order);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Get a route of the gateway", description = "One route, with every member as it is in force.")
    @GatewayError.Refuses(ROUTE_NOT_FOUND)
    public RouteView find(@PathParam("id") @Parameter(description = "The route.") UUID id) {
        return routes.find(call.actor(), id);
    }

    @GET
    @Path("{id}/upstreams")
    @Operation(
            summary = "Get the health of a route's upstreams",
            description = "As measured by the responding node: each node has its own health checks, failure counts"
                    + " and concurrent requests.")
    @GatewayError.Refuses(ROUTE_NOT_FOUND)
    public List<UpstreamView> upstreams(@PathParam("id") @Parameter(description = "The route.") UUID id) {
        return gateway.upstreams(routes.find(call.actor(), id));
    }

    @PUT
    @Path("{id}")
    @Operation(
            summary = "Change a route of the gateway",
            description = "Members that are left out get their default. Requests in progress finish with the old"
                    + " route; every node uses the new one within a second, and no request fails because of the"
                    + " change.")
    @GatewayError.Refuses({INVALID_ROUTE, ROUTE_NOT_FOUND, PREFIX_TAKEN})
    public RouteView change(@PathParam("id") @Parameter(description = "The route.") UUID id, @Valid RouteOrder order) {
        return routes.change(call.actor(), id, order);
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a route of the gateway", description = "Requests in progress finish normally.")
    @GatewayError.Refuses(ROUTE_NOT_FOUND)
    public void delete(@PathParam("id") @Parameter(description = "The route.") UUID id) {
        routes.delete(call.actor(), id);
    }
}
