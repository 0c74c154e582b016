package io.thespace.audit.rest;

import io.thespace.audit.AuditEventView;
import io.thespace.audit.AuditEvents;
import io.thespace.audit.AuditVerificationView;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit records and the verification of their chains, at {@code /api/control-center/audit-events}. */
@ApplicationScoped
@Governed
@Path("control-center/audit-events")
@Tag(name = "Audit")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AuditResource {

    private AuditEvents events;
    private CurrentCall call;

    public AuditResource() {}

    @Inject
    AuditResource(AuditEvents events, CurrentCall call) {
        this.events = events;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List audit records",
            description = "One record for each call that changes data, or attempts to: caller, action, resource and"
                    + " outcome; newest first. Records have SHA-256 digests of contents, never the contents. A"
                    + " record is visible about a second after the call, when it has its place in the chain,"
                    + " where each record holds the hash of the one before.")
    public Page<AuditEventView> recent(@BeanParam AuditQuery query) {
        return scoped(query.scope(), actor -> events.recent(actor, query.filter(), call.page()));
    }

    @GET
    @Path("verify")
    @Operation(
            summary = "Verify the audit log",
            description = "Recomputes the hashes of the next records of the chain, up to some ten thousand, and"
                    + " reports the first record that was altered, removed or inserted. Continue with"
                    + " `next_after`. Store `last_position` and `last_hash` elsewhere: only they reveal a chain"
                    + " that was truncated and given a new end.")
    public AuditVerificationView verify(
            @QueryParam("scope") @DefaultValue("organization") @Parameter(description = AuditScope.DESCRIPTION)
                    AuditScope scope,
            @QueryParam("after")
                    @DefaultValue("0")
                    @Parameter(description = "The position to go on behind; the chain's beginning without it.")
                    long after) {
        return scoped(scope, actor -> events.verify(actor, after));
    }

    /** Runs a query as the caller or, for the platform's own chain, outside of all organizations. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private <T> T scoped(AuditScope scope, Function<Actor, T> query) {
        Actor caller = call.actor();
        Actor actor = scope == AuditScope.PLATFORM ? Actor.platform(null, caller.requestId()) : caller;
        try (Tenant tenant = Tenant.bind(actor.orgId())) {
            return query.apply(actor);
        }
    }
}
