package io.thespace.audit.management;

import io.thespace.audit.AuditEvents;
import io.thespace.audit.AuditOutcome;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Query parameters that select audit events. */
public class AuditEventsQuery {

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
    @Parameter(description = "Only events recorded then or later.")
    Instant since;

    @QueryParam("until")
    @Parameter(description = "Only events recorded before.")
    Instant until;

    AuditEvents.Filter filter() {
        return new AuditEvents.Filter(userId, source, outcome, requestId, since, until);
    }
}
