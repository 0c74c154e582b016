package io.thespace.audit.management;

import io.thespace.audit.AuditEventView;
import io.thespace.audit.AuditEvents;
import io.thespace.audit.AuditOutcome;
import io.thespace.endpoint.ManagementResource;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** {@code /management/v1/audit-events}. */
@ApplicationScoped
class AuditEventsResource implements ManagementResource {

    @Inject
    AuditEvents events;

    @Override
    public String group() {
        return "Audit events";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(Endpoint.get("/v1/audit-events")
                .summary("List audit events")
                .description("What was done in the caller's organization, and what was tried: who, what, on which"
                        + " resource, and what came of it; the newest first. Contents are never in it, only their SHA-256"
                        + " digests. An event is to be seen about a second after the call, when it has its place in the"
                        + " organization's chain.")
                .query("user_id", UUID.class, "Only what this user did.")
                .query("source", String.class, "Only calls of this plugin, or of this group of endpoints.")
                .query("outcome", AuditOutcome.class, "Only calls that came to this.")
                .query("request_id", String.class, "Only on behalf of this request.")
                .query("since", Instant.class, "Only events recorded then or later.")
                .query("until", Instant.class, "Only events recorded before.")
                .permission(Permission.AUDIT_READ)
                .answersPage(AuditEventView.class, AuditEventView.EXAMPLE)
                .handler(call -> events.recent(
                        call.actor(),
                        new AuditEvents.Filter(
                                call.query("user_id", UUID.class).orElse(null),
                                call.query("source", String.class).orElse(null),
                                call.query("outcome", AuditOutcome.class).orElse(null),
                                call.query("request_id", String.class).orElse(null),
                                call.query("since", Instant.class).orElse(null),
                                call.query("until", Instant.class).orElse(null)),
                        call.page())));
    }
}
