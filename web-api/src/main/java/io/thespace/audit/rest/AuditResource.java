package io.thespace.audit.rest;

import io.thespace.audit.AuditEventView;
import io.thespace.audit.AuditEvents;
import io.thespace.audit.AuditOutcome;
import io.thespace.audit.AuditVerificationView;
import io.thespace.endpoint.Resource;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Who did what, and whether anybody has tampered with what is written of it. */
@ApplicationScoped
class AuditResource implements Resource {

    private static final String SCOPE = "`platform` for what belongs to no organization, such as failed sign-ins and"
            + " changes over JMX; the administrator's own organization otherwise.";
    private AuditEvents events;

    AuditResource() {}

    @Inject
    AuditResource(AuditEvents events) {
        this.events = events;
    }

    /** Whose chain is asked for. */
    enum Scope {
        ORGANIZATION,
        PLATFORM
    }

    @Override
    public String group() {
        return "Audit";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/control-center/audit-events")
                        .summary("List audit records")
                        .description("A record for each call that changed something, or was meant to: who, what, on"
                                + " which resource, and what came of it; newest first. Contents are never in it, only their"
                                + " SHA-256 digests. A record is to be seen about a second after the call, when it has its"
                                + " place in the chain, where each record holds the hash of the one before.")
                        .query("scope", Scope.class, SCOPE)
                        .query("user_id", UUID.class, "Only what this user did.")
                        .query("source", String.class, "Only calls of this plugin, or of this group of endpoints.")
                        .query("outcome", AuditOutcome.class, "Only calls that came to this.")
                        .query("request_id", String.class, "Only on behalf of this request.")
                        .query("since", Instant.class, "Only records made then or later.")
                        .query("until", Instant.class, "Only records made before.")
                        .role(Role.ADMIN)
                        .answersPage(AuditEventView.class, AuditEventView.EXAMPLE)
                        .handler(call -> scoped(call, actor -> events.recent(actor, filter(call), call.page()))),
                Endpoint.get("/control-center/audit-events/verify")
                        .summary("Verify the audit")
                        .description("Recomputes the hashes of the chain's next records, up to some ten thousand, and"
                                + " names the first that was changed, taken out or put in. `next_after` tells where to go"
                                + " on. Keep `last_position` and `last_hash` somewhere else: a chain that was cut short"
                                + " and given a new end can be told only by them.")
                        .query("scope", Scope.class, SCOPE)
                        .query("after", Long.class, "The position to go on behind; the chain's beginning without it.")
                        .role(Role.ADMIN)
                        .answers(
                                AuditVerificationView.class,
                                new AuditVerificationView(true, 1042, null, 1042, AuditEventView.EXAMPLE.hash(), null))
                        .handler(call -> scoped(
                                call,
                                actor -> events.verify(
                                        actor, call.query("after", Long.class).orElse(0L)))));
    }

    private static AuditEvents.Filter filter(Call<Void> call) {
        return new AuditEvents.Filter(
                call.query("user_id", UUID.class).orElse(null),
                call.query("source", String.class).orElse(null),
                call.query("outcome", AuditOutcome.class).orElse(null),
                call.query("request_id", String.class).orElse(null),
                call.query("since", Instant.class).orElse(null),
                call.query("until", Instant.class).orElse(null));
    }

    /** Asks as the caller or, of the platform's own chain, outside of all organizations. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private static <T> T scoped(Call<Void> call, Function<Actor, T> question) {
        boolean platform = call.query("scope", Scope.class).orElse(Scope.ORGANIZATION) == Scope.PLATFORM;
        Actor actor = platform ? Actor.platform(null, call.actor().requestId()) : call.actor();
        try (Tenant tenant = Tenant.bind(actor.orgId())) {
            return question.apply(actor);
        }
    }
}
