package io.thespace.audit.management;

import static io.thespace.plugin.api.Permission.AUDIT_READ;

import io.thespace.audit.AuditEventView;
import io.thespace.audit.AuditEvents;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /management/v1/audit-events}. */
@ApplicationScoped
@Governed
@Path("v1/audit-events")
@Tag(name = "Audit events")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AuditEventsResource {

    private AuditEvents events;
    private CurrentCall call;

    public AuditEventsResource() {}

    @Inject
    AuditEventsResource(AuditEvents events, CurrentCall call) {
        this.events = events;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List audit events",
            description =
                    "What was done in the caller's organization, and what was tried: who, what, on which resource,"
                            + " and what came of it; the newest first. Contents are never in it, only their SHA-256 digests. An"
                            + " event is to be seen about a second after the call, when it has its place in the organization's"
                            + " chain.")
    @Requires(AUDIT_READ)
    public Page<AuditEventView> list(@BeanParam AuditEventsQuery query) {
        return events.recent(call.actor(), query.filter(), call.page());
    }
}
