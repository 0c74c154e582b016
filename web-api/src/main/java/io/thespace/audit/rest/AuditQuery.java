package io.thespace.audit.rest;

import io.thespace.audit.AuditEvents;
import io.thespace.audit.AuditOutcome;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of the list of audit records. */
public class AuditQuery {

    @QueryParam("scope")
    @DefaultValue("organization")
    @Parameter(description = AuditScope.DESCRIPTION)
    AuditScope scope;

    @QueryParam("user_id")
    @Parameter(description = "Only what this user did.")
    UUID userId;

    @QueryParam("source")
    @Parameter(description = "Only calls of this plugin, or of this group of endpoints.")
    String source;

    @QueryParam("outcome")
    @Parameter(description = "Only calls that came to this.")
    AuditOutcome outcome;

    @QueryParam("request_id")
    @Parameter(description = "Only on behalf of this request.")
    String requestId;

    @QueryParam("since")
    @Parameter(description = "Only records made then or later.")
    Instant since;

    @QueryParam("until")
    @Parameter(description = "Only records made before.")
    Instant until;

    AuditScope scope() {
        return scope;
    }

    AuditEvents.Filter filter() {
        return new AuditEvents.Filter(userId, source, outcome, requestId, since, until);
    }
}
