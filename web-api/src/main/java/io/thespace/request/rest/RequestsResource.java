package io.thespace.request.rest;

import static io.thespace.request.RequestError.REQUEST_NOT_FOUND;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Role;
import io.thespace.request.RequestError;
import io.thespace.request.RequestLog;
import io.thespace.request.RequestView;
import io.thespace.request.Requests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/requests}: what became of a call, and why. */
@ApplicationScoped
@Governed
@Path("control-center/requests")
@Tag(name = "Requests")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RequestsResource {

    private Requests requests;
    private RequestLog log;
    private CurrentCall call;

    public RequestsResource() {}

    @Inject
    RequestsResource(Requests requests, RequestLog log, CurrentCall call) {
        this.requests = requests;
        this.log = log;
        this.call = call;
    }

    @GET
    @Path("{request_id}")
    @Operation(
            summary = "Explain a call",
            description = "The calls of the administrator's organization with this request id: caller, decisions,"
                    + " route and upstreams, timings, and the resulting events and audit records, without"
                    + " bodies, credentials and values. Calls on this node are available at once, those on other"
                    + " nodes within a second; under extreme load some may be missing.")
    @RequestError.Refuses(REQUEST_NOT_FOUND)
    public RequestView explain(
            @PathParam("request_id")
                    @Parameter(
                            description = "What came in X-Request-Id.",
                            example = "019a0000-0000-7000-8000-000000000030")
                    String requestId) {
        log.flush();
        return requests.explain(call.actor(), requestId);
    }
}
